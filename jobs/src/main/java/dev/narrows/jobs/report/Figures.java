package dev.narrows.jobs.report;

import dev.narrows.family.Settings;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Criterion;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page's charts and tables draw; variants are named by their place in {@code variants}.
 *
 * @param leading the measure that is shown first: what the study makes largest
 * @param cost what it is first shown against
 * @param fronts of each pair of measures, as {@code x|y}, the variants that no other beats in both, along x
 * @param knobs those that vary between variants
 */
record Figures(
        String study,
        List<Measure> measures,
        @Nullable String leading,
        @Nullable String cost,
        List<String> families,
        List<String> knobs,
        List<Point> variants,
        Map<String, List<Integer>> fronts,
        List<Curves> curves,
        List<Latency> latency) {

    /**
     * One variant.
     *
     * @param front whether nothing is better by one of the study's objectives without being worse by another
     * @param seeds how many trials speak for it
     * @param values by measure, means over seeds
     * @param spread the standard deviation between seeds of the accuracy
     * @param outcomes of its trials, in words
     */
    record Point(
            String id,
            String label,
            String family,
            boolean front,
            int seeds,
            Map<String, Double> values,
            @Nullable Double spread,
            Map<String, String> knobs,
            String outcomes) {}

    /** One latency row of a variant, in microseconds. */
    record Latency(
            int variant,
            int batch,
            double p50,
            double p90,
            double p99,
            double iqr,
            boolean unstable,
            String device,
            String precision,
            int threads) {}

    static Figures of(Material material, List<VariantSummary> summaries) {
        List<Objective> objectives = material.study().objectives();
        List<Measure> measures = Measure.of(summaries, objectives);
        Set<VariantSummary> front = identity(ParetoFront.of(summaries, VariantSummary.criteria(objectives)));
        List<String> knobs = varying(summaries);
        List<Point> points = new ArrayList<>();
        for (VariantSummary summary : summaries) {
            points.add(point(summary, front.contains(summary), measures, knobs));
        }
        return new Figures(
                material.study().name(),
                measures,
                first(measures, true),
                first(measures, false),
                summaries.stream().map(summary -> summary.family()).distinct().toList(),
                knobs,
                points,
                fronts(summaries, measures),
                Curves.of(summaries),
                latency(summaries));
    }

    private static Set<VariantSummary> identity(List<VariantSummary> summaries) {
        Set<VariantSummary> set = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(summaries);
        return set;
    }

    private static @Nullable String first(List<Measure> measures, boolean larger) {
        return measures.stream()
                .filter(measure -> measure.larger() == larger)
                .map(Measure::key)
                .findFirst()
                .orElse(null);
    }

    private static Point point(VariantSummary summary, boolean front, List<Measure> measures, List<String> knobs) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Measure measure : measures) {
            double value = measure.value().applyAsDouble(summary);
            if (!Double.isNaN(value)) {
                values.put(measure.key(), value);
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String knob : knobs) {
            Map<String, @Nullable Object> own = summary.settings().values();
            if (own.containsKey(knob)) {
                settings.put(knob, word(own.get(knob)));
            }
        }
        return new Point(
                summary.id(),
                summary.label(),
                summary.family(),
                front,
                summary.chosen().size(),
                values,
                summary.accuracyDeviation().orElse(null),
                settings,
                outcomes(summary));
    }

    private static String outcomes(VariantSummary summary) {
        Map<Outcome, Long> counts = new TreeMap<>(
                summary.trials().stream().collect(Collectors.groupingBy(row -> row.outcome(), Collectors.counting())));
        return counts.isEmpty()
                ? "not yet"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().word())
                        .collect(Collectors.joining(", "));
    }

    /** The knobs of which two variants of a family have different values. */
    private static List<String> varying(List<VariantSummary> summaries) {
        Map<String, Map<String, @Nullable Object>> seen = new HashMap<>();
        Set<String> varying = new LinkedHashSet<>();
        for (VariantSummary summary : summaries) {
            Settings settings = summary.settings();
            Map<String, @Nullable Object> first = seen.computeIfAbsent(summary.family(), family -> settings.values());
            settings.values().forEach((knob, value) -> {
                if (!Objects.equals(first.get(knob), value)) {
                    varying.add(knob);
                }
            });
        }
        return List.copyOf(varying);
    }

    private static String word(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Figures::word).collect(Collectors.joining("-"));
        }
        return value == null
                ? "none"
                : value instanceof Double number && number == Math.rint(number)
                        ? Long.toString(number.longValue())
                        : value.toString();
    }

    private static Map<String, List<Integer>> fronts(List<VariantSummary> summaries, List<Measure> measures) {
        IdentityHashMap<VariantSummary, Integer> places = new IdentityHashMap<>();
        for (int i = 0; i < summaries.size(); i++) {
            places.put(summaries.get(i), i);
        }
        Map<String, List<Integer>> fronts = new LinkedHashMap<>();
        for (Measure x : measures) {
            for (Measure y : measures) {
                if (!x.equals(y)) {
                    fronts.put(
                            x.key() + "|" + y.key(),
                            ParetoFront.of(summaries, List.of(criterion(x), criterion(y))).stream()
                                    .sorted(java.util.Comparator.comparingDouble(x.value()))
                                    .map(places::get)
                                    .toList());
                }
            }
        }
        return fronts;
    }

    private static Criterion<VariantSummary> criterion(Measure measure) {
        return new Criterion<>(
                measure.value(), measure.larger() ? Objective.Direction.MAXIMIZE : Objective.Direction.MINIMIZE);
    }

    private static List<Latency> latency(List<VariantSummary> summaries) {
        List<Latency> rows = new ArrayList<>();
        for (int i = 0; i < summaries.size(); i++) {
            int variant = i;
            summaries
                    .get(i)
                    .latency()
                    .forEach(row -> rows.add(new Latency(
                            variant,
                            row.batchSize(),
                            row.p50Micros(),
                            row.p90Micros(),
                            row.p99Micros(),
                            row.iqrMicros(),
                            row.unstable(),
                            row.place().device(),
                            row.place().precision(),
                            row.place().threads())));
        }
        return rows;
    }
}
