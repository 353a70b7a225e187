package dev.narrows.tradeoff;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** A 95 % interval: it contains the true value in 95 of 100 studies like this one. */
public record Interval(double low, double high) {
    /** Level of every interval in Narrows. */
    public static final double LEVEL = 0.95;

    private static final double TAIL = (1 - LEVEL) / 2;
    private static final double NORMAL = new NormalDistribution().inverseCumulativeProbability(1 - TAIL);

    /** Degrees of freedom from which Student's t equals the normal distribution to the third digit. */
    private static final double MANY = 1000;

    /**
     * Interval of an estimate whose error is the sum of two: one with a well-known variance, and one with a variance
     * estimated with few degrees of freedom.
     *
     * <p>The margin lies between two methods that err in opposite directions at one or two degrees of freedom:
     * Satterthwaite's (1946), too short if the second error is larger, and the root of the sum of the squares of both
     * margins (Graybill and Wang, 1980), too long if the two are similar. They agree from five degrees on; with fewer,
     * the margin is nearer to the second.
     */
    static Interval around(double estimate, double known, double estimated, double degreesOfFreedom) {
        double variance = known + estimated;
        if (variance == 0) {
            return new Interval(estimate, estimate);
        }
        double joint = quantile(degreesOfFreedom * Math.pow(variance / estimated, 2)) * Math.sqrt(variance);
        double apart = Math.hypot(NORMAL * Math.sqrt(known), quantile(degreesOfFreedom) * Math.sqrt(estimated));
        double share = 0.5 + 0.25 / Math.max(1, degreesOfFreedom);
        double margin = (1 - share) * joint + share * apart;
        return new Interval(estimate - margin, estimate + margin);
    }

    private static double quantile(double degreesOfFreedom) {
        return degreesOfFreedom > MANY
                ? NORMAL
                : new TDistribution(degreesOfFreedom).inverseCumulativeProbability(1 - TAIL);
    }

    /** True if a value is in the interval. */
    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
