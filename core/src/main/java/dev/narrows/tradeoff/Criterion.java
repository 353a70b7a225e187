package dev.narrows.tradeoff;

import dev.narrows.study.Objective;
import java.util.function.ToDoubleFunction;

/**
 * How candidates are told apart in one respect.
 *
 * @param value the measure of a candidate; NaN where it was not measured
 * @param direction whether more or less of it is better
 */
public record Criterion<T>(ToDoubleFunction<T> value, Objective.Direction direction) {
    /** The value with its sign turned so that less is always better. */
    double loss(T candidate) {
        double measured = value.applyAsDouble(candidate);
        // Added to zero, because a negative zero would not be equal to a positive one.
        return switch (direction) {
            case MINIMIZE -> 0 + measured;
            case MAXIMIZE -> 0 - measured;
        };
    }
}
