package dev.narrows.family;

import java.io.Serializable;
import java.util.List;

/**
 * One value for all stages, or one for each.
 *
 * @param values a single value, or as many as there are stages
 * @param same true if the single value is for all stages
 */
public record ByStage<T>(List<T> values, boolean same) implements Serializable {
    public ByStage {
        values = List.copyOf(values);
    }

    /** The same value at every stage. */
    public static <T> ByStage<T> all(T value) {
        return new ByStage<>(List.of(value), true);
    }

    /** One value for each stage. */
    public static <T> ByStage<T> each(List<T> values) {
        return new ByStage<>(values, false);
    }

    /** The value at a stage, counted from 0. */
    public T at(int stage) {
        return same ? values.get(0) : values.get(stage);
    }

    /** True if the values fit this number of stages. */
    public boolean fits(int stages) {
        return same || values.size() == stages;
    }

    /** The values in the words of a study file. */
    @Override
    public String toString() {
        return same ? String.valueOf(values.get(0)) : values.toString();
    }
}
