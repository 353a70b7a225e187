package dev.narrows.search;

/**
 * The joint prediction of the qualities of all candidates, each the mean over its seeds.
 */
final class Posterior {
    private final double[] means;
    private final double[][] covariances;
    private final double extra;

    /** @param extra variance of one seed's quality beyond that of the mean over seeds */
    Posterior(double[] means, double[][] covariances, double extra) {
        this.means = means;
        this.covariances = covariances;
        this.extra = extra;
    }

    double[] means() {
        return means;
    }

    double[][] covariances() {
        return covariances;
    }

    double extra() {
        return extra;
    }

    double deviation(int candidate) {
        return Math.sqrt(Math.max(0, covariances[candidate][candidate]));
    }

    /** Variance of the quality that one trial of a candidate will have. */
    double trialVariance(int candidate) {
        return Math.max(0, covariances[candidate][candidate]) + extra;
    }

    /** The prediction with what a curve tells of one candidate's trial. */
    Posterior with(Evidence evidence) {
        int at = evidence.candidate();
        double total = trialVariance(at) + evidence.variance();
        double[] gains = new double[means.length];
        double[] updated = means.clone();
        for (int i = 0; i < gains.length; i++) {
            gains[i] = covariances[i][at] / total;
            updated[i] += gains[i] * (evidence.quality() - means[at]);
        }
        double[][] rest = new double[gains.length][gains.length];
        for (int i = 0; i < gains.length; i++) {
            for (int j = 0; j < gains.length; j++) {
                rest[i][j] = covariances[i][j] - gains[i] * covariances[at][j];
            }
        }
        return new Posterior(updated, rest, extra);
    }

    /**
     * A trial under way, seen as a noisy measurement of its final quality.
     *
     * @param variance of the measurement's error
     */
    record Evidence(int candidate, double quality, double variance) {}
}
