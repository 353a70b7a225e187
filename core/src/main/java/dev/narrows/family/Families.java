package dev.narrows.family;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** All families on the class path, also those in a user's own jars. */
public final class Families {
    private final Map<String, Family> byName;

    private Families(Map<String, Family> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Searches the class path again.
     *
     * @throws IllegalArgumentException if one cannot be loaded, or two have one name
     */
    public static Families load() {
        try {
            return of(ServiceLoader.load(Family.class));
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException("Cannot load a family: " + e.getMessage(), e);
        }
    }

    /**
     * A set of the given families.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public static Families of(Iterable<? extends Family> families) {
        Map<String, Family> byName = new TreeMap<>();
        for (Family family : families) {
            Family other = byName.putIfAbsent(family.name(), family);
            if (other != null) {
                throw new IllegalArgumentException("Cannot tell families apart: %s and %s are both called %s"
                        .formatted(other.getClass().getName(), family.getClass().getName(), family.name()));
            }
        }
        return new Families(byName);
    }

    /** The family of this name. */
    public Optional<Family> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names, in alphabetical order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** All families, by name. */
    public List<Family> all() {
        return List.copyOf(byName.values());
    }

    /** Concatenates lists of knobs. */
    @SafeVarargs
    public static List<Knob<?>> knobs(List<Knob<?>>... parts) {
        List<Knob<?>> knobs = new ArrayList<>();
        for (List<Knob<?>> part : parts) {
            knobs.addAll(part);
        }
        return List.copyOf(knobs);
    }
}
