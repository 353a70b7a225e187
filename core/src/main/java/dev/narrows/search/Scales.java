package dev.narrows.search;

/**
 * The scales of the model, for qualities of mean 0 and variance 1.
 *
 * @param lines variance of a linear dependence on the costs, and on the knobs
 * @param smooth variance of a smooth dependence on everything
 * @param rough variance of what is a variant's own
 * @param noise variance between seeds of one variant
 * @param lengths of the smooth dependence, one for each feature group: great where a group matters little
 */
record Scales(double costLines, double knobLines, double smooth, double rough, double noise, double[] lengths) {
    /** Scales other than the lengths. */
    private static final int VARIANCES = 5;

    /**
     * Logarithms of the prior medians: what is expected of quality before a result is known. Half of what the costs and
     * knobs do not explain is noise.
     */
    private static final double[] MEDIANS = {Math.log(0.3), Math.log(0.1), Math.log(0.4), Math.log(0.05), Math.log(0.05)
    };

    private static final double[] DEVIATIONS = {1, 1, 1, 0.8, 0.8};

    /** The typical distance grows with the root of the number of groups, and the lengths with it. */
    private static final double LENGTH = 1.2;

    private static final double LENGTH_DEVIATION = 0.8;

    /** Deviations that a scale may be away from its prior median. */
    static final double BOUND = 3;

    static int count(int groups) {
        return VARIANCES + groups;
    }

    /** @param at deviations from the prior medians */
    static Scales at(double[] at) {
        double[] lengths = new double[at.length - VARIANCES];
        double median = Math.log(LENGTH) + Math.log(lengths.length) / 2;
        for (int g = 0; g < lengths.length; g++) {
            lengths[g] = Math.exp(median + LENGTH_DEVIATION * at[VARIANCES + g]);
        }
        return new Scales(variance(at, 0), variance(at, 1), variance(at, 2), variance(at, 3), variance(at, 4), lengths);
    }

    private static double variance(double[] at, int index) {
        return Math.exp(MEDIANS[index] + DEVIATIONS[index] * at[index]);
    }
}
