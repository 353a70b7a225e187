package dev.narrows.jobs.report;

import dev.narrows.family.Settings;
import dev.narrows.jobs.document.Documents;
import dev.narrows.results.Foretold;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Distribution;
import dev.narrows.tradeoff.Effect;
import dev.narrows.tradeoff.Interval;
import dev.narrows.tradeoff.LatencyEstimate;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.Proxies;
import dev.narrows.tradeoff.Proxy;
import dev.narrows.tradeoff.SearchRecords;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures that the page's charts and tables draw; variants are named by their place in {@code variants}.
 *
 * @param leading the measure that is shown first: what the study makes largest
 * @param cost the measure that it is first shown against
 * @param quality the measure that differences, effects and intervals are of
 * @param predicts the measure that a search predicts for what it has not trained; null where the whole grid is trained
 * @param fronts of each pair of measures, as {@code x|y}, the variants that no other beats in both, along x
 * @param knobs those that vary between variants
 * @param solved knobs that were solved for equal cost
 * @param uncertain reason that no chance of being on the front is known; null where it is known
 * @param budgets choices by the measure of a budget
 * @param hypervolume the share of the room between the best and the worst of every objective that the front takes
 */
record Figures(
        String study,
        List<ShownMeasure> measures,
        @Nullable String leading,
        @Nullable String cost,
        String quality,
        @Nullable String predicts,
        List<String> families,
        List<String> knobs,
        List<String> solved,
        List<VariantPoint> variants,
        Map<String, List<Integer>> fronts,
        @Nullable String uncertain,
        @Nullable Double hypervolume,
        List<Curves> curves,
        List<Latency> latency,
        List<EffectStep> effects,
        List<VarianceShares> importance,
        List<Spread> distributions,
        List<Rank> proxies,
        List<NarrowEndLoss> narrowEnds,
        List<Budget> budgets) {

    /**
     * One variant.
     *
     * @param front true where no other variant is better in one objective without being worse in another
     * @param seeds number of trials that represent it
     * @param values by measure, means over seeds
     * @param spread the standard deviation between seeds of the quality
     * @param certainty probability of being on the front, 0 to 1
     * @param interval of its difference from the best, laid about that one's quality
     * @param test of what is on the front, which may be looked at
     * @param predicted quality of a variant that a search has not trained; else null
     * @param outcomes of its trials, in words
     */
    record VariantPoint(
            String id,
            String label,
            String family,
            boolean front,
            int seeds,
            Map<String, Double> values,
            @Nullable Double spread,
            @Nullable Double certainty,
            @Nullable List<Double> interval,
            @Nullable Double test,
            Map<String, String> knobs,
            @Nullable Double predicted,
            String outcomes) {}

    /** The effect on the quality of going from one value of a knob to another, a share. */
    record EffectStep(
            String family,
            String axis,
            String from,
            String to,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            boolean settled,
            int pairs,
            double params,
            double macs,
            String words) {
        static EffectStep of(Effect effect) {
            Difference difference = effect.quality();
            return new EffectStep(
                    effect.family(),
                    effect.axis(),
                    Effect.show(effect.from()),
                    Effect.show(effect.to()),
                    difference.value(),
                    difference.interval().map(Interval::low).orElse(null),
                    difference.interval().map(Interval::high).orElse(null),
                    difference.settled(),
                    effect.pairs().size(),
                    effect.params(),
                    effect.macs(),
                    effect.sentence());
        }
    }

    /** The errors of a family's variants, ascending. */
    record Spread(String family, List<Double> errors) {}

    /** The agreement of something cheap with the ranking of the variants: Kendall's tau. */
    record Rank(
            String name,
            String target,
            int variants,
            @Nullable Double correlation,
            @Nullable Double low,
            @Nullable Double high) {
        static Rank of(Proxy proxy) {
            return new Rank(
                    Measure.of(proxy.name()).map(Measure::label).orElse(proxy.name()),
                    proxy.target().label(),
                    proxy.variants(),
                    proxy.correlation(),
                    proxy.interval().map(Interval::low).orElse(null),
                    proxy.interval().map(Interval::high).orElse(null));
        }
    }

    /** Losses at the narrow ends of a variant, means over its blocks and seeds. */
    record NarrowEndLoss(int variant, double dead, double rank) {}

    /**
     * One latency row of a variant, in microseconds.
     *
     * @param runtime that the network was deployed in, in a word
     * @param margin of the 95 % interval of the median, as a share
     */
    record Latency(
            int variant,
            String runtime,
            int batch,
            double p50,
            double p90,
            double p99,
            double iqr,
            @Nullable Double margin,
            boolean unstable,
            String device,
            String precision,
            int threads) {}

    static Figures of(Findings findings) {
        List<VariantSummary> summaries = findings.summaries();
        List<Objective> objectives = findings.study().objectives();
        List<Measure> measures = ShownMeasure.shown(summaries, objectives);
        List<String> knobs = varying(summaries);
        Set<String> front = findings.front().stream().map(VariantSummary::id).collect(Collectors.toSet());
        Optional<SearchRecords> search = SearchRecords.of(findings.results());
        List<VariantPoint> points = summaries.stream()
                .map(summary -> point(summary, front.contains(summary.id()), findings, search, measures, knobs))
                .toList();
        return new Figures(
                findings.study().name(),
                measures.stream().map(ShownMeasure::of).toList(),
                first(measures, Direction.MAXIMIZE),
                first(measures, Direction.MINIMIZE),
                findings.quality().word(),
                search.map(known -> known.quality().word()).orElse(null),
                summaries.stream().map(VariantSummary::family).distinct().toList(),
                knobs,
                findings.results().solved().stream().sorted().toList(),
                points,
                fronts(summaries, measures),
                findings.chances().reason().orElse(null),
                findings.hypervolume().orElse(null),
                Curves.of(summaries),
                latency(summaries),
                findings.effects().stream().map(EffectStep::of).toList(),
                findings.importance().stream().map(VarianceShares::of).toList(),
                Distribution.of(summaries).stream()
                        .map(family -> new Spread(family.family(), family.errors()))
                        .toList(),
                Proxies.of(summaries).stream().map(Rank::of).toList(),
                losses(summaries),
                Budget.of(findings));
    }

    /** Losses of the variants with a measured narrow end. */
    private static List<NarrowEndLoss> losses(List<VariantSummary> summaries) {
        return IntStream.range(0, summaries.size())
                .mapToObj(i -> new NarrowEndLoss(
                        i,
                        summaries.get(i).measure(Measure.NARROW_DEAD_SHARE),
                        summaries.get(i).measure(Measure.NARROW_RANK_SHARE)))
                .filter(loss -> !Double.isNaN(loss.dead()) && !Double.isNaN(loss.rank()))
                .toList();
    }

    private static @Nullable String first(List<Measure> measures, Direction direction) {
        return measures.stream()
                .filter(measure -> measure.better() == direction)
                .map(Measure::word)
                .findFirst()
                .orElse(null);
    }

    private static VariantPoint point(
            VariantSummary summary,
            boolean front,
            Findings findings,
            Optional<SearchRecords> search,
            List<Measure> measures,
            List<String> knobs) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Measure measure : measures) {
            double value = summary.measure(measure);
            if (!Double.isNaN(value)) {
                values.put(measure.word(), value);
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String knob : knobs) {
            Map<String, @Nullable Object> own = summary.settings().values();
            if (own.containsKey(knob)) {
                settings.put(knob, Effect.show(own.get(knob)));
            }
        }
        OptionalDouble chance = findings.chances().of(summary);
        return new VariantPoint(
                summary.id(),
                summary.label(),
                summary.family(),
                front,
                summary.chosen().size(),
                values,
                summary.deviation(findings.quality()).orElse(null),
                chance.isPresent() ? chance.getAsDouble() : null,
                findings.besideBest(summary)
                        .map(interval -> List.of(interval.low(), interval.high()))
                        .orElse(null),
                front ? findings.test(summary).orElse(null) : null,
                settings,
                search.flatMap(known -> known.foretold(summary.variantId()))
                        .map(Foretold::quality)
                        .orElse(null),
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

    private static Map<String, List<Integer>> fronts(List<VariantSummary> summaries, List<Measure> measures) {
        IdentityHashMap<VariantSummary, Integer> places = new IdentityHashMap<>();
        for (int i = 0; i < summaries.size(); i++) {
            places.put(summaries.get(i), i);
        }
        Map<String, List<Integer>> fronts = new LinkedHashMap<>();
        for (Measure x : measures) {
            for (Measure y : measures) {
                if (x != y) {
                    fronts.put(
                            x + "|" + y,
                            ParetoFront.of(summaries, List.of(ShownMeasure.criterion(x), ShownMeasure.criterion(y)))
                                    .stream()
                                    .sorted(Comparator.comparingDouble(summary -> summary.measure(x)))
                                    .map(places::get)
                                    .toList());
                }
            }
        }
        return fronts;
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
                            Documents.word(row.runtime()),
                            row.batchSize(),
                            row.p50Micros(),
                            row.p90Micros(),
                            row.p99Micros(),
                            row.iqrMicros(),
                            LatencyEstimate.of(row, Measure.LATENCY_P50_US)
                                    .map(LatencyEstimate::margin)
                                    .orElse(null),
                            row.unstable(),
                            row.environment().device(),
                            row.environment().precision(),
                            row.environment().threads())));
        }
        return rows;
    }
}
