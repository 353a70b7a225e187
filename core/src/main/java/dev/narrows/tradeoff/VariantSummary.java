package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.Objective;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a study found out about one variant.
 *
 * <p>Training settings are a nuisance: for each seed the trial that was best on the validation images speaks for the
 * variant.
 *
 * @param trials every ended trial of the variant
 * @param chosen the best completed trial of each seed, in the order of the seeds
 * @param latency in the order of the batch sizes
 */
public record VariantSummary(Variant variant, List<TrialRow> trials, List<TrialRow> chosen, List<LatencyRow> latency) {
    public VariantSummary {
        trials = List.copyOf(trials);
        chosen = List.copyOf(chosen);
        latency = List.copyOf(latency);
    }

    /** One summary a variant, in their order; rows of other variants are left out. */
    public static List<VariantSummary> of(List<Variant> variants, List<TrialRow> rows, List<LatencyRow> latency) {
        Map<String, List<TrialRow>> trials = rows.stream().collect(Collectors.groupingBy(TrialRow::variantId));
        Map<String, List<LatencyRow>> probes = latency.stream().collect(Collectors.groupingBy(LatencyRow::variantId));
        List<VariantSummary> summaries = new ArrayList<>();
        for (Variant variant : variants) {
            List<TrialRow> own = trials.getOrDefault(variant.id(), List.of());
            List<LatencyRow> probed = new ArrayList<>(probes.getOrDefault(variant.id(), List.of()));
            probed.sort(Comparator.comparing(LatencyRow::batchSize));
            summaries.add(new VariantSummary(variant, own, best(own), probed));
        }
        return summaries;
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

    private static double accuracy(TrialRow row) {
        return orMissing(row.result().finalValidationAccuracy());
    }

    /** The mean over the seeds of the final validation accuracy; NaN where no trial completed. */
    public double accuracy() {
        return mean(VariantSummary::accuracy);
    }

    /** The standard deviation between seeds; empty for a single one. */
    public Optional<Double> accuracyDeviation() {
        if (chosen.size() < 2) {
            return Optional.empty();
        }
        double mean = accuracy();
        double squares = chosen.stream()
                .mapToDouble(row -> Math.pow(accuracy(row) - mean, 2))
                .sum();
        return Optional.of(Math.sqrt(squares / (chosen.size() - 1)));
    }

    /**
     * What an objective measures; a latency at the smallest batch size. NaN where it was not measured.
     *
     * @throws IllegalArgumentException where there is no such measure
     */
    public double measure(String name) {
        return switch (name) {
            case "validation_accuracy" -> accuracy();
            case "validation_mean_iou" -> overlap(Overlap::meanIou);
            case "validation_dice" -> overlap(Overlap::dice);
            case "params" -> variant.cost().params();
            case "macs" -> variant.cost().macs();
            case "activations" -> variant.cost().activations();
            case "inference_memory_bytes" -> mean(row -> orMissing(row.inferenceMemoryBytes()));
            case "peak_memory_bytes" -> mean(row -> orMissing(row.result().peakMemoryBytes()));
            case "train_seconds" -> mean(row -> orMissing(row.result().trainSeconds()));
            case "images_per_second" -> mean(row -> orMissing(row.result().imagesPerSecond()));
            case "latency_p50_us" -> latency(LatencyRow::p50Micros);
            case "latency_p90_us" -> latency(LatencyRow::p90Micros);
            case "latency_p99_us" -> latency(LatencyRow::p99Micros);
            default ->
                throw new IllegalArgumentException("Cannot choose by %s: there is no such measure".formatted(name));
        };
    }

    /** The criteria of a study's objectives. */
    public static List<Criterion<VariantSummary>> criteria(List<Objective> objectives) {
        return objectives.stream()
                .map(objective -> new Criterion<VariantSummary>(
                        summary -> summary.measure(objective.measure()), objective.direction()))
                .toList();
    }

    private double mean(ToDoubleFunction<TrialRow> value) {
        return chosen.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private double overlap(ToDoubleFunction<Overlap> value) {
        return mean(row -> {
            Overlap overlap = row.result().finalValidationOverlap();
            return overlap == null ? Double.NaN : value.applyAsDouble(overlap);
        });
    }

    private double latency(Function<LatencyRow, Double> value) {
        return latency.isEmpty() ? Double.NaN : value.apply(latency.get(0));
    }

    private static double orMissing(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }
}
