package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import java.util.Optional;

/**
 * How well something that is had cheaply ranks the variants.
 *
 * @param name what is had cheaply: a measure's word, or {@code epoch 1}
 * @param target what it is to foretell
 * @param variants that have both
 * @param correlation Kendall's tau-b, -1 to 1; NaN where either is the same for all
 * @param interval over other variants of this kind, from redraws; empty where they are too few
 */
public record Proxy(String name, Measure target, int variants, double correlation, Optional<Interval> interval) {
    /** The share of pairs of variants that it puts in the right order where there are no ties, 0 to 1; cheaper counted as worse. */
    public double rightOrder() {
        return (1 + correlation) / 2;
    }
}
