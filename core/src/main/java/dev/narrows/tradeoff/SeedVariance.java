package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variance of each variant's quality from seed to seed, beyond the effect of a seed on all variants alike.
 *
 * <p>Two or three seeds say little about a variant's own variance, so the estimate borrows from the other variants as
 * far as they are similar, in log odds (95 % has less room to vary than 80 %; overlaps are shares as accuracies are).
 * This is the moderated variance of Smyth (2004), in which all variances come from a scaled inverse chi-squared
 * distribution. Its two parameters are maximum-likelihood estimates.
 */
final class SeedVariance {
    /** Variance of one trial, with the degrees of freedom of its estimate. */
    record Estimate(double variance, double degreesOfFreedom) {}

    /** Least slope, that of a share of 99.9 %, because the log odds of 100 % are infinite. */
    private static final double LEAST_SLOPE = 0.001;

    private final Measure measure;
    private final Map<String, Estimate> moderated;
    private final Optional<Estimate> pooled;
    private final double freedom;

    private SeedVariance(Measure measure, Map<String, Estimate> moderated, Optional<Estimate> pooled, double freedom) {
        this.measure = measure;
        this.moderated = moderated;
        this.pooled = pooled;
        this.freedom = freedom;
    }

    /** Estimates from the variants with at least two seeds that have the measure. */
    static SeedVariance of(List<VariantSummary> summaries, Measure measure) {
        Map<List<Long>, List<VariantSummary>> blocks = new LinkedHashMap<>();
        for (VariantSummary summary : summaries) {
            List<Long> seeds = summary.chosen().stream().map(TrialRow::seed).toList();
            if (seeds.size() > 1 && !Double.isNaN(summary.measure(measure))) {
                blocks.computeIfAbsent(seeds, key -> new ArrayList<>()).add(summary);
            }
        }
        Map<String, Estimate> own = new LinkedHashMap<>();
        double freedom = 0;
        for (List<VariantSummary> block : blocks.values()) {
            own.putAll(ofBlock(block, measure));
            int seeds = block.get(0).chosen().size();
            freedom += Math.max(1, block.size() - 1) * (seeds - 1.0);
        }
        if (own.isEmpty()) {
            return new SeedVariance(measure, Map.of(), Optional.empty(), 0);
        }
        VariancePrior prior = VariancePrior.of(List.copyOf(own.values()));
        Map<String, Estimate> moderated = new HashMap<>();
        double all = freedom;
        own.forEach((id, estimate) -> moderated.put(id, prior.moderate(estimate, all)));
        return new SeedVariance(measure, moderated, Optional.of(prior.pooled(all)), freedom);
    }

    /** Variants with the same seeds. The common effect of a seed is removed if there are at least two variants. */
    private static Map<String, Estimate> ofBlock(List<VariantSummary> block, Measure measure) {
        int variants = block.size();
        int seeds = block.get(0).chosen().size();
        double[] bySeed = new double[seeds];
        if (variants > 1) {
            for (VariantSummary summary : block) {
                for (int s = 0; s < seeds; s++) {
                    bySeed[s] += deviation(summary, s, measure) / variants;
                }
            }
        }
        double correction = variants > 1 ? variants / (variants - 1.0) : 1;
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (VariantSummary summary : block) {
            double squares = 0;
            for (int s = 0; s < seeds; s++) {
                squares += Math.pow(deviation(summary, s, measure) - bySeed[s], 2);
            }
            estimates.put(summary.id(), new Estimate(squares * correction / (seeds - 1), seeds - 1));
        }
        return estimates;
    }

    /** Variance in log odds, to first order. */
    private static double deviation(VariantSummary summary, int seed, Measure measure) {
        double value = Quality.of(summary.chosen().get(seed), measure);
        return (value - summary.measure(measure)) / slope(summary, measure);
    }

    /** Derivative of a share with respect to its log odds. */
    private static double slope(VariantSummary summary, Measure measure) {
        double share = summary.measure(measure);
        return Math.max(LEAST_SLOPE, share * (1 - share));
    }

    /** Own estimate of a variant with at least two seeds. */
    Optional<Estimate> of(VariantSummary summary) {
        return Optional.ofNullable(moderated.get(summary.id())).map(estimate -> ofShare(estimate, summary));
    }

    /** Estimate for a variant with one seed; empty if no variant has two seeds. */
    Optional<Estimate> pooled(VariantSummary summary) {
        return pooled.map(estimate -> ofShare(estimate, summary));
    }

    private Estimate ofShare(Estimate ofOdds, VariantSummary summary) {
        return new Estimate(ofOdds.variance() * Math.pow(slope(summary, measure), 2), ofOdds.degreesOfFreedom());
    }

    /** True if any variant has two seeds. */
    boolean known() {
        return pooled.isPresent();
    }

    /** Degrees of freedom of all variants together, the upper bound of any estimate's. */
    double degreesOfFreedom() {
        return freedom;
    }
}
