package dev.narrows.tradeoff;

import java.util.List;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.special.Gamma;

/**
 * Prior of the variances of variants: a scaled inverse chi-squared distribution.
 *
 * @param variance its scale
 * @param degreesOfFreedom its concentration: infinite if all variants have the same variance
 */
record VariancePrior(double variance, double degreesOfFreedom) {
    private static final double[] DEGREES = {1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128};

    /** Log-likelihood ratio that a prior needs to replace the assumption of equal variances. */
    private static final double EVIDENCE = 1;

    /** Probability below the limit beyond which a variant counts as an outlier. */
    private static final double CHANCE = 0.85;

    /** The same for a variant with two seeds, whose own estimate is the square of one number. */
    private static final double CHANCE_OF_TWO = 0.92;

    /**
     * Least degrees of freedom of a variant that keeps its own variance. Two seeds would give one degree, and Student's
     * t with one degree gives an interval three times as long, which says nothing. Being an outlier is information,
     * too.
     */
    private static final double FEWEST_DEGREES = 2;

    /** Steps of the scale per factor of e. */
    private static final int STEPS = 4;

    private static final int LOWEST = -6 * STEPS;
    private static final int HIGHEST = STEPS;

    /** Maximum-likelihood prior: each estimate over the scale follows F, or chi-squared over its degrees of freedom. */
    static VariancePrior of(List<SeedVariance.Estimate> estimates) {
        double mean = estimates.stream()
                .mapToDouble(SeedVariance.Estimate::variance)
                .average()
                .orElse(0);
        if (mean == 0 || estimates.size() == 1) {
            return new VariancePrior(mean, mean == 0 ? Double.POSITIVE_INFINITY : 0);
        }
        VariancePrior alike = new VariancePrior(mean, Double.POSITIVE_INFINITY);
        VariancePrior best = alike;
        double greatest = Double.NEGATIVE_INFINITY;
        double ofAlike = 0;
        for (SeedVariance.Estimate estimate : estimates) {
            ofAlike += constant(estimate.degreesOfFreedom(), alike.degreesOfFreedom) + alike.ofScale(estimate);
        }
        for (double degrees : DEGREES) {
            double constant = estimates.stream()
                    .mapToDouble(estimate -> constant(estimate.degreesOfFreedom(), degrees))
                    .sum();
            for (int step = LOWEST; step <= HIGHEST; step++) {
                VariancePrior prior = new VariancePrior(mean * Math.exp((double) step / STEPS), degrees);
                double likelihood = constant;
                for (SeedVariance.Estimate estimate : estimates) {
                    likelihood += prior.ofScale(estimate);
                }
                if (likelihood >= greatest) {
                    greatest = likelihood;
                    best = prior;
                }
            }
        }
        return greatest - ofAlike > EVIDENCE ? best : alike;
    }

    /** The part of an estimate's log-likelihood that depends on neither the scale nor the estimate. */
    private static double constant(double own, double degrees) {
        if (Double.isInfinite(degrees)) {
            return own / 2 * Math.log(own / 2) - Gamma.logGamma(own / 2);
        }
        return own / 2 * Math.log(own / degrees)
                + Gamma.logGamma((own + degrees) / 2)
                - Gamma.logGamma(own / 2)
                - Gamma.logGamma(degrees / 2);
    }

    /** The rest of the log-likelihood, without terms that do not depend on the prior. */
    private double ofScale(SeedVariance.Estimate estimate) {
        double own = estimate.degreesOfFreedom();
        double ratio = estimate.variance() / variance;
        return -own / 2 * Math.log(variance)
                - (Double.isInfinite(degreesOfFreedom)
                        ? own * ratio / 2
                        : (own + degreesOfFreedom) / 2 * Math.log1p(own * ratio / degreesOfFreedom));
    }

    /**
     * Moderates a variant's own estimate by the others. A variant that varies more than chance easily explains keeps
     * its own estimate, because its intervals would otherwise miss the truth too often.
     */
    SeedVariance.Estimate moderate(SeedVariance.Estimate own, double most) {
        SeedVariance.Estimate together = together(own, most);
        double others = together.degreesOfFreedom() - own.degreesOfFreedom();
        if (together.variance() == 0 || others < 1) {
            return together;
        }
        double limit = new FDistribution(own.degreesOfFreedom(), others)
                .inverseCumulativeProbability(own.degreesOfFreedom() < FEWEST_DEGREES ? CHANCE_OF_TWO : CHANCE);
        return own.variance() > limit * together.variance()
                ? new SeedVariance.Estimate(own.variance(), Math.max(FEWEST_DEGREES, own.degreesOfFreedom()))
                : together;
    }

    private SeedVariance.Estimate together(SeedVariance.Estimate own, double most) {
        if (Double.isInfinite(degreesOfFreedom)) {
            return new SeedVariance.Estimate(variance, most);
        }
        double sum = own.degreesOfFreedom() + degreesOfFreedom;
        double moderated = (own.degreesOfFreedom() * own.variance() + degreesOfFreedom * variance) / sum;
        return new SeedVariance.Estimate(moderated, Math.min(sum, most));
    }

    /** Estimate for a variant without one of its own. */
    SeedVariance.Estimate pooled(double most) {
        double degrees = degreesOfFreedom == 0 ? most : Math.min(degreesOfFreedom, most);
        return new SeedVariance.Estimate(variance, degrees);
    }
}
