package dev.narrows.tradeoff;

import java.util.Arrays;

/**
 * Sums of squares of values by seed and image, the two-way layout of random effects without replication (Searle, Casella
 * and McCulloch, 1992): what images alone, seeds alone, and both together at random contribute.
 */
final class Contrast {
    private Contrast() {}

    /** The mean square of what neither seed nor image explains. */
    static double residual(double[][] bySeed) {
        int seeds = bySeed.length;
        int images = bySeed[0].length;
        double within = 0;
        for (double[] values : bySeed) {
            within += squares(values);
        }
        double residual = within - squares(sum(bySeed)) / seeds;
        return Math.max(0, residual / ((seeds - 1.0) * (images - 1.0)));
    }

    /**
     * The variance of the sum over seeds that images alone account for, before it is divided by their number: twice the
     * covariances between seeds, brought from the S (S - 1) pairs of different seeds to all S².
     */
    static double imageVariance(double[][] bySeed) {
        int seeds = bySeed.length;
        int images = bySeed[0].length;
        double own = 0;
        for (double[] values : bySeed) {
            own += squares(values);
        }
        double between = squares(sum(bySeed)) - own;
        return Math.max(0, between / (images - 1.0) * seeds / (seeds - 1.0));
    }

    /** The variance over images of one seed's values. */
    static double variance(double[] values) {
        return squares(values) / (values.length - 1.0);
    }

    static double[] sum(double[][] bySeed) {
        double[] sum = new double[bySeed[0].length];
        for (double[] values : bySeed) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
        }
        return sum;
    }

    /** Of the deviations from the mean. */
    private static double squares(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }
}
