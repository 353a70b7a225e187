package dev.narrows.tradeoff;

import org.hipparchus.distribution.continuous.TDistribution;

/** A range that holds the truth in 95 of 100 studies like this one. */
public record Interval(double low, double high) {
    /** Of every interval in Narrows. */
    public static final double LEVEL = 0.95;

    /** Of an estimate whose error follows Student's t. */
    static Interval around(double estimate, double standardError, double degreesOfFreedom) {
        double quantile = new TDistribution(degreesOfFreedom).inverseCumulativeProbability(1 - (1 - LEVEL) / 2);
        return new Interval(estimate - quantile * standardError, estimate + quantile * standardError);
    }

    /** Whether a value is within it. */
    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
