package dev.narrows.family;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One choice of every knob of a family, by the knobs' names, as plain values: {@link Integer}, {@link Double},
 * {@link Boolean}, {@link String}, a {@link java.util.List} of these, or null for nothing given.
 *
 * <p>It travels with a trial and fills the columns of its row; network builders read it through typed knobs.
 */
public record Settings(Map<String, @Nullable Object> values) implements Serializable {
    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The value of a knob.
     *
     * @throws IllegalArgumentException where the choice lacks the knob or holds a value that is not one of it
     */
    public <T> T get(Knob<T> knob) {
        if (!values.containsKey(knob.name())) {
            throw new IllegalArgumentException("Cannot build without %s: it has no value".formatted(knob.name()));
        }
        Object plain = values.get(knob.name());
        try {
            return knob.read(plain);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot take %s = %s: %s".formatted(knob.name(), plain, e.getMessage()));
        }
    }

    /** The same choice but for one knob. */
    public Settings with(String knob, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(knob, value);
        return new Settings(changed);
    }
}
