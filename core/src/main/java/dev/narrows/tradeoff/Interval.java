package dev.narrows.tradeoff;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** A range that holds the truth in 95 of 100 studies like this one. */
public record Interval(double low, double high) {
    /** Of every interval in Narrows. */
    public static final double LEVEL = 0.95;

    private static final double TAIL = (1 - LEVEL) / 2;
    private static final double NORMAL = new NormalDistribution().inverseCumulativeProbability(1 - TAIL);

    /** From here on Student's t is the normal distribution to the third digit. */
    private static final double MANY = 1000;

    /**
     * Of an estimate whose error is the sum of two: one whose variance is well known, and one whose variance was estimated
     * with few degrees of freedom.
     *
     * <p>Between two ways that err to different sides where those are one or two: Satterthwaite's degrees of freedom
     * (1946), too short where the second error is the larger, and the root of the sum of the squares of both margins (Graybill
     * and Wang, 1980), too long where the two are alike. From five on they agree; the fewer, the nearer it is to the second.
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

    /** Whether a value is within it. */
    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
