package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
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
 * Bootstrap resamples of the quality of a study's variants: validation images drawn with replacement, the same for all
 * variants, and seed effects of each variant from Student's t with its moderated variance.
 */
final class Redraws {
    /** Number of resamples; a probability of one half then has a standard error of 1.1 points. */
    private static final int DRAWS = 2000;

    /** Resamples of one task: enough to share each read of the deviations, few enough for many tasks. */
    private static final int AT_ONCE = 40;

    private static final long SEED = 20_261_124;

    private final List<VariantSummary> variants;
    private final float[][] qualities;

    private Redraws(List<VariantSummary> variants, float[][] qualities) {
        this.variants = variants;
        this.qualities = qualities;
    }

    List<VariantSummary> variants() {
        return variants;
    }

    int size() {
        return qualities.length;
    }

    /** Qualities of the variants in one resample, in their order. */
    float[] draw(int index) {
        return qualities[index];
    }

    /** Share of resamples in which each variant is the best, by id; ties go to the first. */
    Map<String, Double> best() {
        Map<String, Double> shares = new HashMap<>();
        variants.forEach(variant -> shares.put(variant.id(), 0.0));
        for (float[] draw : qualities) {
            int best = 0;
            for (int v = 1; v < draw.length; v++) {
                best = draw[v] > draw[best] ? v : best;
            }
            shares.merge(variants.get(best).id(), 1.0 / qualities.length, Double::sum);
        }
        return shares;
    }

    /** Reason why variants cannot be resampled; empty if they can. */
    static Optional<String> reason(List<VariantSummary> summaries, Measure measure, SeedVariance seeds) {
        List<TrialRow> rows =
                summaries.stream().flatMap(summary -> summary.chosen().stream()).toList();
        if (rows.isEmpty()) {
            return Optional.of("no trial has completed");
        }
        if (!seeds.known()) {
            return Optional.of("no variant has two seeds, and one does not tell what another would give");
        }
        for (TrialRow row : rows) {
            Optional<String> missing = ImageScores.missing(row, measure);
            if (missing.isPresent()) {
                return missing;
            }
            if (!ImageScores.same(row, rows.get(0))) {
                return Optional.of("trials %s and %s were judged by other images"
                        .formatted(rows.get(0).trialId(), row.trialId()));
            }
        }
        return Optional.empty();
    }

    /** Resamples of the variants that have the measure. */
    static Redraws of(List<VariantSummary> summaries, Measure measure, SeedVariance seeds) {
        List<VariantSummary> variants = summaries.stream()
                .filter(summary -> !Double.isNaN(summary.measure(measure)))
                .toList();
        double[] measured = variants.stream()
                .mapToDouble(variant -> variant.measure(measure))
                .toArray();
        double[][] deviations = new double[0][];
        List<SeedVariance.Estimate> estimates = new ArrayList<>();
        for (int v = 0; v < variants.size(); v++) {
            double[] scores = ImageScores.mean(variants.get(v).chosen(), measure);
            if (v == 0) {
                deviations = new double[scores.length][variants.size()];
            }
            for (int i = 0; i < scores.length; i++) {
                deviations[i][v] = (scores[i] - measured[v]) / scores.length;
            }
            estimates.add(ofMean(variants.get(v), measure, seeds, scores.length));
        }
        ImageShifts shifts = new ImageShifts(deviations, variants.size());
        float[][] qualities = new float[DRAWS][];
        IntStream.range(0, (DRAWS + AT_ONCE - 1) / AT_ONCE).parallel().forEach(block -> {
            int first = block * AT_ONCE;
            UniformRandomProvider[] randoms = IntStream.range(first, Math.min(DRAWS, first + AT_ONCE))
                    .mapToObj(draw -> RandomSource.XO_SHI_RO_256_PP.create(SEED + draw))
                    .toArray(UniformRandomProvider[]::new);
            double[][] byDraw = shifts.of(randoms);
            for (int d = 0; d < randoms.length; d++) {
                qualities[first + d] = qualities(measured, byDraw[d], estimates, randoms[d]);
            }
        });
        return new Redraws(variants, qualities);
    }

    /** Deviation that seeds alone cause in the mean over a variant's seeds; resampling images adds the interaction. */
    private static SeedVariance.Estimate ofMean(
            VariantSummary variant, Measure measure, SeedVariance seeds, int images) {
        SeedVariance.Estimate estimate =
                seeds.of(variant).or(() -> seeds.pooled(variant)).orElseThrow();
        double ofBoth = ImageScores.residual(variant.chosen(), measure) / images;
        double ofSeeds =
                Math.max(0, estimate.variance() - ofBoth) / variant.chosen().size();
        return new SeedVariance.Estimate(ofSeeds, estimate.degreesOfFreedom());
    }

    private static float[] qualities(
            double[] measured, double[] shifts, List<SeedVariance.Estimate> estimates, UniformRandomProvider random) {
        float[] qualities = new float[measured.length];
        for (int v = 0; v < qualities.length; v++) {
            SeedVariance.Estimate estimate = estimates.get(v);
            double another = TSampler.of(random, estimate.degreesOfFreedom()).sample();
            qualities[v] = (float) (measured[v] + shifts[v] + Math.sqrt(estimate.variance()) * another);
        }
        return qualities;
    }
}
