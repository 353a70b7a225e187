package dev.narrows.search;

/** The scales of the model, for qualities of mean 0 and variance 1. */
final class Scales {
    private final double costLines;
    private final double knobLines;
    private final double smooth;
    private final double rough;
    private final double noise;
    private final double[] lengths;

    Scales(double costLines, double knobLines, double smooth, double rough, double noise, double[] lengths) {
        this.costLines = costLines;
        this.knobLines = knobLines;
        this.smooth = smooth;
        this.rough = rough;
        this.noise = noise;
        this.lengths = lengths;
    }

    /** Variance of a linear dependence on the costs. */
    double costLines() {
        return costLines;
    }

    /** Variance of a linear dependence on the knobs. */
    double knobLines() {
        return knobLines;
    }

    /** Variance of a smooth dependence on everything. */
    double smooth() {
        return smooth;
    }

    /** Variance of what is a variant's own. */
    double rough() {
        return rough;
    }

    /** Variance between seeds of one variant. */
    double noise() {
        return noise;
    }

    /** Lengths of the smooth dependence, one for each feature group: great where a group matters little. */
    double[] lengths() {
        return lengths;
    }

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
