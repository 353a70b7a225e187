package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import java.util.Optional;

/**
 * Rank agreement of a cheap measure with the measure that it predicts.
 *
 * @param name of the cheap measure: a measure's word, or {@code epoch 1}
 * @param target measure that it predicts
 * @param variants that have both
 * @param correlation Kendall's tau-b, -1 to 1; NaN if either measure is equal for all variants
 * @param interval from bootstrap resamples of the variants; empty if they are too few
 */
public record Proxy(String name, Measure target, int variants, double correlation, Optional<Interval> interval) {
    /** The share of pairs of variants in the right order if there are no ties, 0 to 1; cheaper counts as worse. */
    public double rightOrder() {
        return (1 + correlation) / 2;
    }
}
