package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.TSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Bootstrap resamples of a study's accuracies: validation images drawn with replacement, the same for all variants, and
 * seed effects of each variant from Student's t with its moderated variance.
 */
final class Redraws {
    /** Number of resamples; a probability of one half then has a standard error of 1.1 points. */
    private static final int DRAWS = 2000;

    /** Resamples of one task: enough to share each read of the deviations, few enough for many tasks. */
    private static final int AT_ONCE = 40;

    private static final long SEED = 20_261_124;

    private final List<VariantSummary> variants;
    private final float[][] accuracies;

    private Redraws(List<VariantSummary> variants, float[][] accuracies) {
        this.variants = variants;
        this.accuracies = accuracies;
    }

    List<VariantSummary> variants() {
        return variants;
    }

    int size() {
        return accuracies.length;
    }

    /** Accuracies of the variants in one resample, in their order. */
    float[] draw(int index) {
        return accuracies[index];
    }

    /** Share of resamples in which each variant is the most accurate, by id; ties go to the first. */
    Map<String, Double> best() {
        Map<String, Double> shares = new HashMap<>();
        variants.forEach(variant -> shares.put(variant.id(), 0.0));
        for (float[] draw : accuracies) {
            int best = 0;
            for (int v = 1; v < draw.length; v++) {
                best = draw[v] > draw[best] ? v : best;
            }
            shares.merge(variants.get(best).id(), 1.0 / accuracies.length, Double::sum);
        }
        return shares;
    }

    /** Reason why variants cannot be resampled; empty if they can. */
    static Optional<String> reason(List<VariantSummary> summaries, SeedVariance seeds) {
        List<TrialRow> rows =
                summaries.stream().flatMap(summary -> summary.chosen().stream()).toList();
        if (rows.isEmpty()) {
            return Optional.of("no trial has completed");
        }
        if (!seeds.known()) {
            return Optional.of("no variant has two seeds, and one does not tell what another would give");
        }
        for (TrialRow row : rows) {
            if (!ValidationHits.has(row)) {
                return Optional.of(Certainty.withoutHits(row));
            }
            if (!ValidationHits.same(row, rows.get(0))) {
                return Optional.of("trials %s and %s were judged by other images"
                        .formatted(rows.get(0).trialId(), row.trialId()));
            }
        }
        return Optional.empty();
    }

    /** Resamples of the variants that have an accuracy. */
    static Redraws of(List<VariantSummary> summaries, SeedVariance seeds) {
        List<VariantSummary> variants = summaries.stream()
                .filter(summary -> !summary.chosen().isEmpty())
                .toList();
        double[] measured =
                variants.stream().mapToDouble(VariantSummary::accuracy).toArray();
        double[][] deviations = new double[0][];
        List<SeedVariance.Estimate> estimates = new ArrayList<>();
        for (int v = 0; v < variants.size(); v++) {
            double[] hits = ValidationHits.mean(variants.get(v).chosen()).orElseThrow();
            if (v == 0) {
                deviations = new double[hits.length][variants.size()];
            }
            for (int i = 0; i < hits.length; i++) {
                deviations[i][v] = (hits[i] - measured[v]) / hits.length;
            }
            estimates.add(ofMean(variants.get(v), seeds, hits.length));
        }
        ImageShifts shifts = new ImageShifts(deviations, variants.size());
        float[][] accuracies = new float[DRAWS][];
        IntStream.range(0, (DRAWS + AT_ONCE - 1) / AT_ONCE).parallel().forEach(block -> {
            int first = block * AT_ONCE;
            UniformRandomProvider[] randoms = IntStream.range(first, Math.min(DRAWS, first + AT_ONCE))
                    .mapToObj(draw -> RandomSource.XO_SHI_RO_256_PP.create(SEED + draw))
                    .toArray(UniformRandomProvider[]::new);
            double[][] byDraw = shifts.of(randoms);
            for (int d = 0; d < randoms.length; d++) {
                accuracies[first + d] = accuracies(measured, byDraw[d], estimates, randoms[d]);
            }
        });
        return new Redraws(variants, accuracies);
    }

    /** Deviation that seeds alone cause in the mean over a variant's seeds; resampling images adds the interaction. */
    private static SeedVariance.Estimate ofMean(VariantSummary variant, SeedVariance seeds, int images) {
        SeedVariance.Estimate estimate =
                seeds.of(variant).or(() -> seeds.pooled(variant)).orElseThrow();
        double ofBoth = ValidationHits.residual(variant.chosen()) / images;
        double ofSeeds =
                Math.max(0, estimate.variance() - ofBoth) / variant.chosen().size();
        return new SeedVariance.Estimate(ofSeeds, estimate.degreesOfFreedom());
    }

    private static float[] accuracies(
            double[] measured, double[] shifts, List<SeedVariance.Estimate> estimates, UniformRandomProvider random) {
        float[] accuracies = new float[measured.length];
        for (int v = 0; v < accuracies.length; v++) {
            SeedVariance.Estimate estimate = estimates.get(v);
            double another = TSampler.of(random, estimate.degreesOfFreedom()).sample();
            accuracies[v] = (float) (measured[v] + shifts[v] + Math.sqrt(estimate.variance()) * another);
        }
        return accuracies;
    }
}
