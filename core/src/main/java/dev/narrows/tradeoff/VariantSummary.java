package dev.narrows.tradeoff;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results of a study for one variant.
 *
 * <p>Training settings are nuisance parameters: for each seed, the trial with the best validation result represents the
 * variant.
 *
 * @param id unique among the summaries: the variant's hash, and the count if that is an axis
 * @param variantId hash of the network and its input
 * @param count suffix of the id and the label, {@code " train=4000"}, if counts of training images are an axis; else
 *     empty
 * @param label readable text of the values that vary
 * @param trials every ended trial of the variant
 * @param chosen the best completed trial of each seed, in the order of the seeds
 * @param latency in the order of the batch sizes
 * @param levels latencies to compare variants by, which are equal where they differ by no more than noise
 */
public record VariantSummary(
        String id,
        String variantId,
        String count,
        String label,
        String family,
        Settings settings,
        Cost cost,
        List<TrialRow> trials,
        List<TrialRow> chosen,
        List<LatencyRow> latency,
        Map<Measure, Double> levels) {
    public VariantSummary {
        trials = List.copyOf(trials);
        chosen = List.copyOf(chosen);
        latency = List.copyOf(latency);
        levels = Map.copyOf(levels);
    }

    /**
     * One summary per variant of a plan, in their order; if counts of training images are an axis, one per variant and
     * count. Rows of other variants are left out.
     */
    public static List<VariantSummary> of(List<Variant> variants, List<TrialRow> rows, List<LatencyRow> latency) {
        Map<String, List<LatencyRow>> probes = latency.stream().collect(Collectors.groupingBy(LatencyRow::variantId));
        List<VariantSummary> summaries = new ArrayList<>();
        byTrainingImages(rows).forEach((count, own) -> {
            Map<String, List<TrialRow>> trials = own.stream().collect(Collectors.groupingBy(TrialRow::variantId));
            variants.forEach(variant -> summaries.add(summary(
                    variant.id(),
                    count,
                    variant.label(),
                    variant.family(),
                    variant.settings(),
                    variant.cost(),
                    trials.getOrDefault(variant.id(), List.of()),
                    probes.getOrDefault(variant.id(), List.of()))));
        });
        return levelled(summaries);
    }

    /** One summary per variant (and count) with rows, from the rows alone, in the order of first occurrence. */
    public static List<VariantSummary> ofRows(List<TrialRow> rows, List<LatencyRow> latency) {
        Map<String, List<LatencyRow>> probes = latency.stream().collect(Collectors.groupingBy(LatencyRow::variantId));
        List<VariantSummary> summaries = new ArrayList<>();
        byTrainingImages(rows).forEach((count, own) -> {
            Map<String, List<TrialRow>> trials = own.stream()
                    .collect(Collectors.groupingBy(TrialRow::variantId, LinkedHashMap::new, Collectors.toList()));
            trials.forEach((id, ofVariant) -> {
                TrialRow any = ofVariant.get(0);
                summaries.add(summary(
                        id,
                        count,
                        any.variant(),
                        any.family(),
                        any.settings(),
                        any.cost(),
                        ofVariant,
                        probes.getOrDefault(id, List.of())));
            });
        });
        return levelled(summaries);
    }

    private static List<VariantSummary> levelled(List<VariantSummary> summaries) {
        Map<String, Map<Measure, Double>> levels = LatencyTies.of(summaries);
        return levels.isEmpty()
                ? summaries
                : summaries.stream()
                        .map(summary -> summary.levelled(levels.getOrDefault(summary.id, Map.of())))
                        .toList();
    }

    /** Rows by count suffix: empty, or {@code " train=4000"} if there are several counts. */
    private static Map<String, List<TrialRow>> byTrainingImages(List<TrialRow> rows) {
        Map<Integer, List<TrialRow>> counts = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.data().train().orElse(Integer.MAX_VALUE), TreeMap::new, Collectors.toList()));
        if (counts.size() < 2) {
            return Map.of("", rows);
        }
        Map<String, List<TrialRow>> named = new LinkedHashMap<>();
        counts.forEach((count, own) -> named.put(" train=" + (count == Integer.MAX_VALUE ? "all" : count), own));
        return named;
    }

    private static VariantSummary summary(
            String variantId,
            String count,
            String label,
            String family,
            Settings settings,
            Cost cost,
            List<TrialRow> trials,
            List<LatencyRow> probes) {
        List<LatencyRow> probed = new ArrayList<>(probes);
        probed.sort(Comparator.comparing(LatencyRow::batchSize));
        return new VariantSummary(
                variantId + count,
                variantId,
                count,
                label + count,
                family,
                settings,
                cost,
                trials,
                best(trials),
                probed,
                Map.of());
    }

    /** The same summary under another id, to tell two studies with the same variant apart. */
    public VariantSummary identified(String other) {
        return new VariantSummary(
                other, variantId, count, label, family, settings, cost, trials, chosen, latency, levels);
    }

    VariantSummary labelled(String other) {
        return new VariantSummary(id, variantId, count, other, family, settings, cost, trials, chosen, latency, levels);
    }

    private VariantSummary levelled(Map<Measure, Double> others) {
        return new VariantSummary(id, variantId, count, label, family, settings, cost, trials, chosen, latency, others);
    }

    private static List<TrialRow> best(List<TrialRow> trials) {
        Map<Long, TrialRow> best = new LinkedHashMap<>();
        trials.stream()
                .filter(row ->
                        row.outcome() == Outcome.COMPLETED && row.result().finalValidationAccuracy() != null)
                .sorted(Comparator.comparing(TrialRow::seed).thenComparing(TrialRow::trialId))
                .forEach(row ->
                        best.merge(row.seed(), row, (one, other) -> accuracy(other) > accuracy(one) ? other : one));
        return List.copyOf(best.values());
    }

    static double accuracy(TrialRow row) {
        return orMissing(row.result().finalValidationAccuracy());
    }

    /** A trial's own value of a measure of quality; NaN where it has none. */
    static double quality(TrialRow row, Measure measure) {
        TrialResult result = row.result();
        Overlap overlap = result.finalValidationOverlap();
        return switch (measure) {
            case VALIDATION_ACCURACY -> accuracy(row);
            case VALIDATION_BALANCED_ACCURACY -> orMissing(result.validationBalancedAccuracy());
            case VALIDATION_MEAN_IOU -> overlap == null ? Double.NaN : overlap.meanIou();
            case VALIDATION_DICE -> overlap == null ? Double.NaN : overlap.dice();
            case PARAMS,
                    MACS,
                    ACTIVATIONS,
                    INFERENCE_MEMORY_BYTES,
                    PEAK_MEMORY_BYTES,
                    TRAIN_SECONDS,
                    EPOCH_SECONDS,
                    IMAGES_PER_SECOND,
                    NARROW_DEAD_SHARE,
                    NARROW_RANK_SHARE,
                    LATENCY_P10_US,
                    LATENCY_P50_US,
                    LATENCY_P90_US,
                    LATENCY_P99_US,
                    INFERENCE_IMAGES_PER_SECOND ->
                throw new IllegalArgumentException("Cannot take %s for a measure of quality".formatted(measure));
        };
    }

    /** Mean over the seeds of the final validation accuracy; NaN if no trial completed. */
    public double accuracy() {
        return mean(VariantSummary::accuracy);
    }

    /** Standard deviation of the accuracy between seeds; empty for a single one. */
    public Optional<Double> accuracyDeviation() {
        return deviation(Measure.VALIDATION_ACCURACY);
    }

    /** Standard deviation of a measure of quality between seeds; empty for a single one, and where one lacks it. */
    public Optional<Double> deviation(Measure measure) {
        double mean = measure(measure);
        if (chosen.size() < 2 || Double.isNaN(mean)) {
            return Optional.empty();
        }
        double squares = chosen.stream()
                .mapToDouble(row -> Math.pow(quality(row, measure) - mean, 2))
                .sum();
        return Optional.of(Math.sqrt(squares / (chosen.size() - 1)));
    }

    /**
     * Mean over the seeds; a latency at the smallest batch size, a throughput at the largest. NaN if it was not
     * measured.
     */
    public double measure(Measure measure) {
        return switch (measure) {
            case VALIDATION_ACCURACY -> accuracy();
            case VALIDATION_BALANCED_ACCURACY, VALIDATION_MEAN_IOU, VALIDATION_DICE ->
                mean(row -> quality(row, measure));
            case PARAMS -> cost.params();
            case MACS -> cost.macs();
            case ACTIVATIONS -> cost.activations();
            case INFERENCE_MEMORY_BYTES -> mean(row -> orMissing(row.inferenceMemoryBytes()));
            case PEAK_MEMORY_BYTES -> mean(row -> orMissing(row.result().peakMemoryBytes()));
            case TRAIN_SECONDS -> mean(row -> orMissing(row.result().trainSeconds()));
            case EPOCH_SECONDS -> mean(row -> orMissing(row.result().epochSeconds()));
            case NARROW_DEAD_SHARE -> narrow(NarrowEnds::deadShare);
            case NARROW_RANK_SHARE -> narrow(NarrowEnds::rankShare);
            case IMAGES_PER_SECOND -> mean(row -> orMissing(row.result().imagesPerSecond()));
            case LATENCY_P10_US -> latency(row -> orMissing(row.p10Micros()));
            case LATENCY_P50_US -> latency(LatencyRow::p50Micros);
            case LATENCY_P90_US -> latency(LatencyRow::p90Micros);
            case LATENCY_P99_US -> latency(LatencyRow::p99Micros);
            case INFERENCE_IMAGES_PER_SECOND -> throughput();
        };
    }

    /** A measure to compare variants of one study by: latencies that differ by no more than noise are equal. */
    public double comparable(Measure measure) {
        Double level = levels.get(measure);
        return level == null ? measure(measure) : level;
    }

    /** Criteria for a study's objectives. */
    public static List<Criterion<VariantSummary>> criteria(List<Objective> objectives) {
        return objectives.stream()
                .map(objective -> new Criterion<VariantSummary>(
                        summary -> summary.comparable(objective.measure()), objective.direction()))
                .toList();
    }

    /** Probe that a latency measure comes from; empty if there is none. */
    public Optional<LatencyRow> probe(Measure measure) {
        return measure == Measure.INFERENCE_IMAGES_PER_SECOND
                ? ofEngine().reduce((smaller, larger) -> larger)
                : measure.isLatency() ? ofEngine().findFirst() : Optional.empty();
    }

    /** A latency or throughput with its interval; empty for other measures, and if it was not measured. */
    public Optional<LatencyEstimate> latencyEstimate(Measure measure) {
        return probe(measure).flatMap(row -> LatencyEstimate.of(row, measure));
    }

    /** The 10th percentile at the smallest batch size as a multiple of the reference kernel's. */
    public Optional<LatencyEstimate> relativeLatency() {
        return probe(Measure.LATENCY_P50_US).flatMap(LatencyEstimate::relative);
    }

    /** True if the probe of a latency measure is unstable. */
    public boolean isUnstable(Measure measure) {
        return probe(measure).filter(LatencyRow::unstable).isPresent();
    }

    /** True if the medians of these variants are compared by {@link #relativeLatency}, because the host was noisy. */
    public static boolean comparedByReference(List<VariantSummary> summaries) {
        return LatencyTies.byReference(summaries);
    }

    private double mean(ToDoubleFunction<TrialRow> value) {
        return chosen.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private double narrow(Function<NarrowEnds, @Nullable Double> value) {
        return mean(row -> {
            NarrowEnds narrows = row.result().narrows();
            return narrows == null ? Double.NaN : orMissing(value.apply(narrows));
        });
    }

    private double latency(Function<LatencyRow, Double> value) {
        return probe(Measure.LATENCY_P50_US).map(value).orElse(Double.NaN);
    }

    private double throughput() {
        return probe(Measure.INFERENCE_IMAGES_PER_SECOND)
                .map(LatencyRow::imagesPerSecond)
                .orElse(Double.NaN);
    }

    /** Probes in the runtime that every study has. */
    private Stream<LatencyRow> ofEngine() {
        return latency.stream().filter(row -> row.runtime() == LatencyRuntime.TORCH);
    }

    private static double orMissing(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }
}
