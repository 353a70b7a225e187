package dev.narrows.tradeoff;

import java.util.Arrays;

/**
 * Sums of squares of values by seed and image, a two-way random-effects layout without replication (Searle, Casella and
 * McCulloch, 1992): contributions of images, of seeds, and of their interaction.
 */
final class Contrast {
    private Contrast() {}

    /** Mean square of the residual that neither seed nor image explains. */
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
     * Variance due to images of the sum over seeds, before division by the number of images: twice the covariances
     * between seeds, scaled from the S (S - 1) pairs of different seeds to all S².
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

    /** Variance over images of one seed's values. */
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

    /** Sum of squared deviations from the mean. */
    private static double squares(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }
}
