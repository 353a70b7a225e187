package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Certainty of the quality of a study's variants, by one measure, over other seeds and other validation images.
 *
 * <p>Differences are paired over both, because variants of one seed saw the same batches and all were evaluated on the
 * same images. The variance of a difference is the sum of an image part (the covariance between seeds of the images'
 * scores, which {@link ImageScores} has) and a seed part (the moderated variance of each variant). The decision page
 * {@code certainty} has the coverage of these intervals in simulated studies.
 */
public final class Certainty {
    /** Two variants to be compared. */
    public record Pair(VariantSummary of, VariantSummary against) {}

    private final List<VariantSummary> summaries;
    private final Measure measure;
    private final SeedVariance seeds;
    private final Map<List<Objective>, FrontCertainty> fronts = new ConcurrentHashMap<>();
    private final Map<List<String>, Map<String, Double>> best = new ConcurrentHashMap<>();
    private final Map<List<String>, Difference> means = new ConcurrentHashMap<>();

    private Certainty(List<VariantSummary> summaries, Measure measure) {
        this.summaries = List.copyOf(summaries);
        this.measure = measure;
        seeds = SeedVariance.of(summaries, measure);
    }

    /** Certainty by a measure of quality, over the variants of one study, or over all that are compared. */
    public static Certainty of(List<VariantSummary> summaries, Measure measure) {
        if (!measure.isQuality()) {
            throw new IllegalArgumentException(
                    "Cannot tell the certainty of %s: it is no measure of quality".formatted(measure));
        }
        return new Certainty(summaries, measure);
    }

    /** Certainty by the measure of quality that these objectives choose by. */
    public static Certainty of(List<VariantSummary> summaries, List<Objective> objectives) {
        return of(summaries, Quality.of(objectives, summaries));
    }

    /** The measure of quality that all of it is about. */
    public Measure measure() {
        return measure;
    }

    /** Quality of the first minus that of the second. */
    public Difference between(VariantSummary of, VariantSummary against) {
        return mean(List.of(new Pair(of, against)));
    }

    /** Mean difference in quality over pairs; pairs without a known difference do not count. */
    public Difference mean(List<Pair> pairs) {
        // Effects are asked for by the sentences of an answer and again by its figures.
        List<String> ids = pairs.stream()
                .flatMap(pair -> Stream.of(pair.of().id(), pair.against().id()))
                .toList();
        return means.computeIfAbsent(ids, key -> computedMean(pairs));
    }

    /** The pairs that {@link #mean} is over: those with a known difference, or all of them where there is none. */
    public List<Pair> counting(List<Pair> pairs) {
        List<Pair> known = pairs.stream()
                .filter(pair -> Matched.of(pair, measure).reason().isEmpty())
                .toList();
        return known.isEmpty() ? List.copyOf(pairs) : known;
    }

    private Difference computedMean(List<Pair> pairs) {
        List<Matched> all =
                pairs.stream().map(pair -> Matched.of(pair, measure)).toList();
        List<Matched> usable =
                all.stream().filter(pair -> pair.reason().isEmpty()).toList();
        if (usable.isEmpty()) {
            double value = all.stream()
                    .mapToDouble(Matched::value)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            Matched any = all.stream()
                    .filter(pair -> Double.isFinite(pair.value()))
                    .findFirst()
                    .or(() -> all.stream().findFirst())
                    .orElseThrow(() -> new IllegalArgumentException("Cannot compare without a pair of variants"));
            return Difference.unknown(measure, value, any.reason().orElse(""), any.seeds(), any.images());
        }
        return estimate(usable);
    }

    private Difference estimate(List<Matched> pairs) {
        int images = pairs.get(0).images();
        Map<Long, double[]> bySeed = new TreeMap<>();
        Map<String, PairWeights> byVariant = new LinkedHashMap<>();
        for (Matched pair : pairs) {
            double weight = 1.0 / pairs.size() / pair.seeds();
            pair.one().forEach(row -> add(pair.pair().of(), row, weight, bySeed, byVariant));
            pair.other().forEach(row -> add(pair.pair().against(), row, -weight, bySeed, byVariant));
        }
        double ofImages = Contrast.imageVariance(bySeed.values().toArray(double[][]::new)) / images;
        double ofSeeds = 0;
        double spread = 0;
        for (PairWeights weights : byVariant.values()) {
            SeedVariance.Estimate estimate = weights.seeds;
            double squares = weights.bySeed.values().stream()
                    .mapToDouble(weight -> weight * weight)
                    .sum();
            ofSeeds += squares * estimate.variance();
            spread += squares * estimate.variance() / Math.sqrt(estimate.degreesOfFreedom());
        }
        double value = pairs.stream().mapToDouble(Matched::value).average().orElse(Double.NaN);
        int fewest = pairs.stream().mapToInt(Matched::seeds).min().orElse(0);
        // All variants share the prior, so their errors add linearly, not in squares.
        double degrees = spread == 0 ? seeds.degreesOfFreedom() : Math.pow(ofSeeds / spread, 2);
        return Difference.known(measure, value, new ErrorParts(ofImages, ofSeeds, degrees), fewest, images);
    }

    private static final class PairWeights {
        final SeedVariance.Estimate seeds;
        final Map<Long, Double> bySeed = new HashMap<>();

        PairWeights(SeedVariance.Estimate seeds) {
            this.seeds = seeds;
        }
    }

    private void add(
            VariantSummary variant,
            TrialRow row,
            double weight,
            Map<Long, double[]> bySeed,
            Map<String, PairWeights> byVariant) {
        double[] scores = bySeed.computeIfAbsent(row.seed(), key -> new double[ImageScores.images(row)]);
        ImageScores.add(row, measure, weight, scores);
        byVariant
                .computeIfAbsent(
                        variant.id(), id -> new PairWeights(seeds.of(variant).orElseThrow()))
                .bySeed
                .merge(row.seed(), weight, Double::sum);
    }

    /**
     * Two variants by the seeds that both have.
     *
     * @param reason for an unknown certainty; empty if it is known
     */
    private record Matched(
            Pair pair, List<TrialRow> one, List<TrialRow> other, double value, int images, Optional<String> reason) {
        int seeds() {
            return one.size();
        }

        static Matched of(Pair pair, Measure measure) {
            Map<Long, TrialRow> others = new HashMap<>();
            pair.against().chosen().forEach(row -> others.put(row.seed(), row));
            List<TrialRow> ones = new ArrayList<>();
            List<TrialRow> matched = new ArrayList<>();
            for (TrialRow row : pair.of().chosen()) {
                TrialRow other = others.get(row.seed());
                if (other != null && ImageScores.same(row, other)) {
                    ones.add(row);
                    matched.add(other);
                }
            }
            double value = ones.isEmpty()
                    ? pair.of().measure(measure) - pair.against().measure(measure)
                    : mean(ones, measure) - mean(matched, measure);
            int images = ones.isEmpty() ? 0 : ImageScores.images(ones.get(0));
            return new Matched(pair, ones, matched, value, images, reason(pair, ones, matched, measure));
        }

        private static double mean(List<TrialRow> rows, Measure measure) {
            return rows.stream()
                    .mapToDouble(row -> Quality.of(row, measure))
                    .average()
                    .orElse(Double.NaN);
        }

        private static Optional<String> reason(Pair pair, List<TrialRow> ones, List<TrialRow> others, Measure measure) {
            for (VariantSummary summary : List.of(pair.of(), pair.against())) {
                if (summary.chosen().isEmpty()) {
                    return Optional.of("no trial of %s has completed".formatted(summary.label()));
                }
                if (Double.isNaN(summary.measure(measure))) {
                    return Optional.of("%s has no %s".formatted(summary.label(), measure.label()));
                }
            }
            if (ones.isEmpty()) {
                return Optional.of("they have no seed in common that was judged by the same images");
            }
            if (ones.size() == 1) {
                return Optional.of("one seed does not tell what another would give");
            }
            for (TrialRow row : concat(ones, others)) {
                Optional<String> missing = ImageScores.missing(row, measure);
                if (missing.isPresent()) {
                    return missing;
                }
            }
            return Optional.empty();
        }

        private static List<TrialRow> concat(List<TrialRow> ones, List<TrialRow> others) {
            List<TrialRow> all = new ArrayList<>(ones);
            all.addAll(others);
            return all;
        }
    }

    /** Variance that seeds alone cause in a variant's mean quality; empty if no variant has two seeds. */
    Optional<Double> seedVariance(VariantSummary summary) {
        return summary.chosen().isEmpty()
                ? Optional.empty()
                : seeds.of(summary)
                        .or(() -> seeds.pooled(summary))
                        .map(estimate -> estimate.variance() / summary.chosen().size());
    }

    /** Probability of each variant to be on the front of these objectives. */
    public FrontCertainty front(List<Objective> objectives) {
        return fronts.computeIfAbsent(
                List.copyOf(objectives), chosen -> FrontCertainty.of(summaries, chosen, measure, seeds));
    }

    /** Probability of each variant to be the best, by id; empty for another objective, or if it is unknown. */
    Map<String, Double> best(List<VariantSummary> among, Objective objective) {
        return objective.measure() == measure && objective.direction() == Objective.Direction.MAXIMIZE
                ? best(among)
                : Map.of();
    }

    /** Probability of each variant to be the best, by id; empty if it is unknown. */
    public Map<String, Double> best(List<VariantSummary> among) {
        // In one order, so that the same variants get the same probabilities wherever they are asked for.
        List<VariantSummary> ordered =
                among.stream().sorted(Comparator.comparing(VariantSummary::id)).toList();
        return among.isEmpty() || Redraws.reason(ordered, measure, seeds).isPresent()
                ? Map.of()
                : best.computeIfAbsent(
                        ordered.stream().map(VariantSummary::id).toList(),
                        ids -> Redraws.of(ordered, measure, seeds).best());
    }
}
