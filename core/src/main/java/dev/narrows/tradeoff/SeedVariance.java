package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much the accuracy of each variant varies from seed to seed, beyond what the seed does to all variants alike.
 *
 * <p>With two or three seeds a variant tells little of its own variance, so it borrows from the others as much as they
 * are alike, in the odds of being right (a variant of 95 % has less room to vary than one of 80 %): the moderated variance
 * of Smyth (2004), in which the variances of all variants come from a scaled inverse
 * chi-squared distribution. Here its two parameters are those of the greatest likelihood.
 */
final class SeedVariance {
    /** That of one trial, with the degrees of freedom that it was estimated with. */
    record Estimate(double variance, double degreesOfFreedom) {}

    /** That of an accuracy of 99.9 %: odds of what is always right know no bound. */
    private static final double LEAST_SLOPE = 0.001;

    private final Map<String, Estimate> moderated;
    private final Optional<Estimate> pooled;
    private final double freedom;

    private SeedVariance(Map<String, Estimate> moderated, Optional<Estimate> pooled, double freedom) {
        this.moderated = moderated;
        this.pooled = pooled;
        this.freedom = freedom;
    }

    /** Of the variants that have two seeds and more. */
    static SeedVariance of(List<VariantSummary> summaries) {
        Map<List<Long>, List<VariantSummary>> blocks = new LinkedHashMap<>();
        for (VariantSummary summary : summaries) {
            List<Long> seeds = summary.chosen().stream().map(TrialRow::seed).toList();
            if (seeds.size() > 1) {
                blocks.computeIfAbsent(seeds, key -> new ArrayList<>()).add(summary);
            }
        }
        Map<String, Estimate> own = new LinkedHashMap<>();
        double freedom = 0;
        for (List<VariantSummary> block : blocks.values()) {
            own.putAll(ofBlock(block));
            int seeds = block.get(0).chosen().size();
            freedom += Math.max(1, block.size() - 1) * (seeds - 1.0);
        }
        if (own.isEmpty()) {
            return new SeedVariance(Map.of(), Optional.empty(), 0);
        }
        VariancePrior prior = VariancePrior.of(List.copyOf(own.values()));
        Map<String, Estimate> moderated = new HashMap<>();
        double all = freedom;
        own.forEach((id, estimate) -> moderated.put(id, prior.moderate(estimate, all)));
        return new SeedVariance(moderated, Optional.of(prior.pooled(all)), freedom);
    }

    /** Variants of the same seeds: what a seed does to all of them is taken away where there are two and more. */
    private static Map<String, Estimate> ofBlock(List<VariantSummary> block) {
        int variants = block.size();
        int seeds = block.get(0).chosen().size();
        double[] bySeed = new double[seeds];
        if (variants > 1) {
            for (VariantSummary summary : block) {
                for (int s = 0; s < seeds; s++) {
                    bySeed[s] += deviation(summary, s) / variants;
                }
            }
        }
        double correction = variants > 1 ? variants / (variants - 1.0) : 1;
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        for (VariantSummary summary : block) {
            double squares = 0;
            for (int s = 0; s < seeds; s++) {
                squares += Math.pow(deviation(summary, s) - bySeed[s], 2);
            }
            estimates.put(summary.id(), new Estimate(squares * correction / (seeds - 1), seeds - 1));
        }
        return estimates;
    }

    /** In logarithmic odds, nearly. */
    private static double deviation(VariantSummary summary, int seed) {
        return (VariantSummary.accuracy(summary.chosen().get(seed)) - summary.accuracy()) / slope(summary);
    }

    /** By how much accuracy moves as its logarithmic odds do. */
    private static double slope(VariantSummary summary) {
        double accuracy = summary.accuracy();
        return Math.max(LEAST_SLOPE, accuracy * (1 - accuracy));
    }

    /** Of a variant with two seeds and more. */
    Optional<Estimate> of(VariantSummary summary) {
        return Optional.ofNullable(moderated.get(summary.id())).map(estimate -> ofAccuracy(estimate, summary));
    }

    /** What a variant is taken to have that tells nothing itself; empty where none has two seeds. */
    Optional<Estimate> pooled(VariantSummary summary) {
        return pooled.map(estimate -> ofAccuracy(estimate, summary));
    }

    private static Estimate ofAccuracy(Estimate ofOdds, VariantSummary summary) {
        return new Estimate(ofOdds.variance() * Math.pow(slope(summary), 2), ofOdds.degreesOfFreedom());
    }

    /** Whether any variant has two seeds. */
    boolean known() {
        return pooled.isPresent();
    }

    /** Of all variants together: no estimate from them has more. */
    double degreesOfFreedom() {
        return freedom;
    }
}
