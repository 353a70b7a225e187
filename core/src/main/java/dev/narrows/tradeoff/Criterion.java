package dev.narrows.tradeoff;

import dev.narrows.study.Objective;
import java.util.function.ToDoubleFunction;

/**
 * A criterion by which candidates are compared.
 *
 * @param value the measure of a candidate; NaN if it was not measured
 * @param direction of improvement, more or less
 */
public record Criterion<T>(ToDoubleFunction<T> value, Objective.Direction direction) {
    /** The value, negated if more is better, so that less is always better. */
    double loss(T candidate) {
        double measured = value.applyAsDouble(candidate);
        // Adding zero turns a negative zero into a positive one, so that the two are equal.
        return switch (direction) {
            case MINIMIZE -> 0 + measured;
            case MAXIMIZE -> 0 - measured;
        };
    }
}
