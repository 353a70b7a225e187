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
 * <p>Training settings are nuisance parameters: for each seed, the trial that is the best by the study's measure of
 * quality represents the variant.
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
     *
     * @param quality measure of quality that chooses among training settings
     */
    public static List<VariantSummary> of(
            List<Variant> variants, List<TrialRow> rows, List<LatencyRow> latency, Measure quality) {
        Map<String, List<LatencyRow>> probes = probes(latency);
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
                    quality,
                    probes.getOrDefault(variant.id(), List.of()))));
        });
        return levelled(summaries);
    }

    /**
     * One summary per variant (and count) with rows, from the rows alone, in the order of first occurrence.
     *
     * @param quality measure of quality that chooses among training settings
     */
    public static List<VariantSummary> ofRows(List<TrialRow> rows, List<LatencyRow> latency, Measure quality) {
        Map<String, List<LatencyRow>> probes = probes(latency);
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
                        quality,
                        probes.getOrDefault(id, List.of())));
            });
        });
        return levelled(summaries);
    }

    /** Of each runtime, the rows of the way that was measured last. */
    static List<LatencyRow> comparable(List<LatencyRow> latency) {
        return LatencyRow.measuredLast(latency, row -> List.of(row.runtime()));
    }

    private static Map<String, List<LatencyRow>> probes(List<LatencyRow> latency) {
        return comparable(latency).stream().collect(Collectors.groupingBy(LatencyRow::variantId));
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
            Measure quality,
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
                best(trials, quality),
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

    private static List<TrialRow> best(List<TrialRow> trials, Measure quality) {
        Map<Long, TrialRow> best = new LinkedHashMap<>();
        trials.stream()
                .filter(row ->
                        row.outcome() == Outcome.COMPLETED && row.result().finalValidationAccuracy() != null)
                .sorted(Comparator.comparing(TrialRow::seed).thenComparing(TrialRow::trialId))
                .forEach(row -> best.merge(
                        row.seed(), row, (one, other) -> rank(other, quality) > rank(one, quality) ? other : one));
        return List.copyOf(best.values());
    }

    /** A trial without the measure is the last choice. */
    private static double rank(TrialRow row, Measure quality) {
        double value = Quality.of(row, quality);
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    /** Mean over the seeds of the final validation accuracy; NaN if no trial completed. */
    public double accuracy() {
        return mean(row -> Quality.of(row, Measure.VALIDATION_ACCURACY));
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
                .mapToDouble(row -> Math.pow(Quality.of(row, measure) - mean, 2))
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
                mean(row -> Quality.of(row, measure));
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
