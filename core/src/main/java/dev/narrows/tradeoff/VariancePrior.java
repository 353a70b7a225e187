package dev.narrows.tradeoff;

import java.util.List;
import org.hipparchus.special.Gamma;

/**
 * From what distribution the variances of variants come: a scaled inverse chi-squared one.
 *
 * @param variance its scale
 * @param degreesOfFreedom how alike they are: infinite where they all have the same
 */
record VariancePrior(double variance, double degreesOfFreedom) {
    private static final double[] DEGREES = {1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, Double.POSITIVE_INFINITY};

    /** Steps of the scale over a factor of e. */
    private static final int STEPS = 8;

    /** Of the greatest likelihood: each estimate over the scale follows F, or chi-squared over its degrees of freedom. */
    static VariancePrior of(List<SeedVariance.Estimate> estimates) {
        double mean = estimates.stream()
                .mapToDouble(SeedVariance.Estimate::variance)
                .average()
                .orElse(0);
        if (mean == 0 || estimates.size() == 1) {
            return new VariancePrior(mean, mean == 0 ? Double.POSITIVE_INFINITY : 0);
        }
        VariancePrior best = new VariancePrior(mean, Double.POSITIVE_INFINITY);
        double greatest = Double.NEGATIVE_INFINITY;
        for (double degrees : DEGREES) {
            for (int step = -8 * STEPS; step <= 2 * STEPS; step++) {
                VariancePrior prior = new VariancePrior(mean * Math.exp((double) step / STEPS), degrees);
                double likelihood =
                        estimates.stream().mapToDouble(prior::logLikelihood).sum();
                if (likelihood >= greatest) {
                    greatest = likelihood;
                    best = prior;
                }
            }
        }
        return Double.isInfinite(best.degreesOfFreedom) ? new VariancePrior(mean, best.degreesOfFreedom) : best;
    }

    /** But for what does not depend on the prior. */
    private double logLikelihood(SeedVariance.Estimate estimate) {
        double own = estimate.degreesOfFreedom();
        double ratio = estimate.variance() / variance;
        if (Double.isInfinite(degreesOfFreedom)) {
            return -own / 2 * Math.log(variance)
                    - own * ratio / 2
                    + own / 2 * Math.log(own / 2)
                    - Gamma.logGamma(own / 2);
        }
        double sum = own + degreesOfFreedom;
        return -own / 2 * Math.log(variance)
                + own / 2 * Math.log(own / degreesOfFreedom)
                + Gamma.logGamma(sum / 2)
                - Gamma.logGamma(own / 2)
                - Gamma.logGamma(degreesOfFreedom / 2)
                - sum / 2 * Math.log1p(own * ratio / degreesOfFreedom);
    }

    /** What a variant's own estimate becomes beside the others. */
    SeedVariance.Estimate moderate(SeedVariance.Estimate own, double most) {
        if (Double.isInfinite(degreesOfFreedom)) {
            return new SeedVariance.Estimate(variance, most);
        }
        double sum = own.degreesOfFreedom() + degreesOfFreedom;
        double moderated = (own.degreesOfFreedom() * own.variance() + degreesOfFreedom * variance) / sum;
        return new SeedVariance.Estimate(moderated, Math.min(sum, most));
    }

    /** What a variant is taken to have that has no estimate of its own. */
    SeedVariance.Estimate pooled(double most) {
        double degrees = degreesOfFreedom == 0 ? most : Math.min(degreesOfFreedom, most);
        return new SeedVariance.Estimate(variance, degrees);
    }
}
