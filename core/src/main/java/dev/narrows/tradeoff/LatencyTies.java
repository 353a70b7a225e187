package dev.narrows.tradeoff;

import dev.narrows.study.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Latencies to compare variants by: equal where they differ by no more than noise.
 *
 * <p>Variants are taken in the order of their latency. Each joins the level of the fastest variant that it does not
 * differ from, and counts as that one. Levels keep comparisons transitive, which a test of each pair would not.
 */
final class LatencyTies {
    private LatencyTies() {}

    /** Value of each latency measure by the id of a variant that has it. */
    static Map<String, Map<Measure, Double>> of(List<VariantSummary> summaries) {
        Map<String, Map<Measure, Double>> all = new HashMap<>();
        for (Measure measure : Measure.values()) {
            if (measure.isLatency()) {
                levels(summaries, estimate(summaries, measure))
                        .forEach((id, value) -> all.computeIfAbsent(id, key -> new EnumMap<>(Measure.class))
                                .put(measure, value));
            }
        }
        return all;
    }

    /** True if most of the latencies at the smallest batch size are unstable. */
    static boolean noisy(List<VariantSummary> summaries) {
        List<Boolean> unstable = summaries.stream()
                .flatMap(summary -> summary.probe(Measure.LATENCY_P50_US).stream())
                .map(row -> row.unstable())
                .toList();
        return 2 * unstable.stream().filter(is -> is).count() > unstable.size();
    }

    /** True if medians are compared by the 10th percentile relative to the reference kernel. */
    static boolean byReference(List<VariantSummary> summaries) {
        return noisy(summaries)
                && summaries.stream()
                        .flatMap(summary -> summary.probe(Measure.LATENCY_P50_US).stream())
                        .allMatch(row -> LatencyEstimate.relative(row).isPresent());
    }

    private static Function<VariantSummary, Optional<LatencyEstimate>> estimate(
            List<VariantSummary> summaries, Measure measure) {
        return measure == Measure.LATENCY_P50_US && byReference(summaries)
                ? VariantSummary::relativeLatency
                : summary -> summary.latencyEstimate(measure);
    }

    private record Estimated(String id, LatencyEstimate estimate) {}

    private static Map<String, Double> levels(
            List<VariantSummary> summaries, Function<VariantSummary, Optional<LatencyEstimate>> estimate) {
        List<Estimated> ascending = new ArrayList<>();
        for (VariantSummary summary : summaries) {
            estimate.apply(summary).ifPresent(known -> ascending.add(new Estimated(summary.id(), known)));
        }
        ascending.sort(Comparator.comparingDouble(estimated -> estimated.estimate.value()));
        Map<String, Double> levels = new HashMap<>();
        LatencyEstimate level = null;
        for (Estimated next : ascending) {
            if (level == null || !level.ties(next.estimate)) {
                level = next.estimate;
            }
            levels.put(next.id, level.value());
        }
        return levels;
    }
}
