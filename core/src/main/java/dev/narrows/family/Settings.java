package dev.narrows.family;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One choice of every knob of a family, as plain values by the knobs' names: {@link Integer}, {@link Double},
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
     * @throws IllegalArgumentException if the choice lacks the knob or has a value that the knob does not allow
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

    /** The same choice with another value of one knob. */
    public Settings with(String knob, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(knob, value);
        return new Settings(changed);
    }
}
