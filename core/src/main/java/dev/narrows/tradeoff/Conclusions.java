package dev.narrows.tradeoff;

import dev.narrows.results.EffectRow;
import dev.narrows.results.MeasuredDifference;
import dev.narrows.results.MeasuredLatency;
import dev.narrows.results.PairRow;
import dev.narrows.results.SearchRow;
import dev.narrows.results.VariantRow;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.trial.LatencyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the derived tables of a study: conclusions that the report and the terminal show too, from the same
 * computation.
 *
 * @param variants in the order of the plan
 * @param search decisions of a search for the front, in their order; empty where the whole grid is trained
 */
public record Conclusions(
        List<VariantRow> variants, List<EffectRow> effects, List<PairRow> pairs, List<SearchRow> search) {
    /** Most variants with a measured quality of which every pair is a row. */
    static final int MOST_OF_ALL_PAIRS = 64;

    public Conclusions {
        variants = List.copyOf(variants);
        effects = List.copyOf(effects);
        pairs = List.copyOf(pairs);
        search = List.copyOf(search);
    }

    /** The conclusions that the results so far allow. */
    public static Conclusions of(StudyResults results) {
        return new Drawing(results).conclusions();
    }

    /** One study while its conclusions are drawn. */
    private static final class Drawing {
        private final StudyResults results;
        private final List<VariantSummary> summaries;
        private final List<VariantSummary> measured;
        private final Certainty certainty;
        private final Measure quality;
        private final Set<VariantSummary> front;
        private final FrontCertainty chances;
        private final Map<String, Double> likely;
        private final Optional<VariantSummary> best;
        private final Differences differences;
        private final Rivals rivals;
        private final Optional<SearchRecords> searched;

        Drawing(StudyResults results) {
            this.results = results;
            summaries = results.summaries();
            List<Objective> objectives = results.objectives();
            certainty = Certainty.of(summaries, objectives);
            quality = certainty.measure();
            measured = summaries.stream()
                    .filter(summary -> !Double.isNaN(summary.measure(quality)))
                    .toList();
            front = new LinkedHashSet<>(ParetoFront.of(summaries, VariantSummary.criteria(objectives)));
            chances = certainty.front(objectives);
            likely = certainty.best(measured);
            best = measured.stream().max(Comparator.comparingDouble(summary -> summary.measure(quality)));
            differences = new Differences(certainty);
            rivals = new Rivals(summaries, front, objectives, quality, differences);
            searched = SearchRecords.of(results);
        }

        Conclusions conclusions() {
            List<VariantRow> variants = summaries.stream().map(this::variant).toList();
            List<EffectRow> effects = Effects.of(summaries, certainty, results.solved()).stream()
                    .flatMap(effect -> effect(effect).stream())
                    .toList();
            return new Conclusions(
                    variants,
                    effects,
                    pairs(),
                    searched.map(SearchRecords::rows).orElse(List.of()));
        }

        private VariantRow variant(VariantSummary summary) {
            Map<Measure, Double> measures = new EnumMap<>(Measure.class);
            for (Measure measure : Measure.values()) {
                double value = summary.measure(measure);
                if (!Double.isNaN(value)) {
                    measures.put(measure, value);
                }
            }
            OptionalDouble chance = chances.of(summary);
            Settlement settlement = rivals.settlement(summary);
            return new VariantRow(
                    results.name(),
                    summary.variantId(),
                    summary.label(),
                    summary.family(),
                    trainImages(summary),
                    summary.chosen().size(),
                    summary.trials().size(),
                    measures,
                    summary.cost(),
                    summary.accuracyDeviation().orElse(null),
                    front.contains(summary),
                    chance.isPresent() ? chance.getAsDouble() : null,
                    likely.get(summary.id()),
                    best.filter(other -> !other.id().equals(summary.id()) && !Double.isNaN(summary.measure(quality)))
                            .map(other -> measured(differences.between(summary, other)))
                            .orElse(null),
                    settlement.furtherSeeds().orElse(null),
                    settlement.reason().orElse(null),
                    searched.map(search -> search.standing(summary.variantId()).word())
                            .orElse(null),
                    searched.flatMap(search -> search.foretold(summary.variantId()))
                            .orElse(null),
                    latency(summary, row -> LatencyEstimate.of(row, Measure.LATENCY_P50_US)),
                    latency(summary, LatencyEstimate::relative),
                    summary.latency().isEmpty()
                            ? null
                            : summary.latency().stream().anyMatch(LatencyRow::unstable),
                    summary.settings());
        }

        /** An estimate by the probe that the latency measures of a variant come from. */
        private static @Nullable MeasuredLatency latency(
                VariantSummary summary, Function<LatencyRow, Optional<LatencyEstimate>> estimate) {
            return summary.latency().stream()
                    .filter(row -> row.runtime() == LatencyRuntime.TORCH)
                    .findFirst()
                    .flatMap(estimate)
                    .map(known -> new MeasuredLatency(
                            known.value(),
                            known.interval().low(),
                            known.interval().high()))
                    .orElse(null);
        }

        private static @Nullable Integer trainImages(VariantSummary summary) {
            return summary.trials().stream()
                    .findFirst()
                    .flatMap(row -> row.data().train())
                    .orElse(null);
        }

        private List<EffectRow> effect(Effect effect) {
            List<EffectRow> rows = new ArrayList<>();
            for (Measure measure : Measure.values()) {
                boolean certain = measure == quality;
                double difference = certain
                        ? effect.quality().value()
                        : effect.pairs().stream()
                                .mapToDouble(pair ->
                                        pair.to().measure(measure) - pair.from().measure(measure))
                                .average()
                                .orElse(Double.NaN);
                if (!Double.isNaN(difference)) {
                    rows.add(new EffectRow(
                            results.name(),
                            effect.family(),
                            effect.axis(),
                            Effect.show(effect.from()),
                            Effect.show(effect.to()),
                            measure,
                            effect.pairs().size(),
                            difference,
                            ratio(effect, measure),
                            certain ? measured(effect.quality()) : null));
                }
            }
            return rows;
        }

        private static @Nullable Double ratio(Effect effect, Measure measure) {
            double logarithm = effect.pairs().stream()
                    .mapToDouble(pair ->
                            Math.log(pair.to().measure(measure) / pair.from().measure(measure)))
                    .average()
                    .orElse(Double.NaN);
            return finite(Math.exp(logarithm));
        }

        private List<PairRow> pairs() {
            List<PairRow> rows = new ArrayList<>();
            if (measured.size() <= MOST_OF_ALL_PAIRS) {
                for (VariantSummary one : measured) {
                    measured.stream()
                            .filter(other -> !other.id().equals(one.id()))
                            .forEach(other -> rows.add(pair(one, other)));
                }
                return rows;
            }
            Set<List<String>> seen = new LinkedHashSet<>();
            for (VariantSummary one : measured) {
                for (VariantSummary other : rivals.of(one)) {
                    if (seen.add(List.of(one.id(), other.id()))) {
                        rows.add(pair(one, other));
                    }
                    if (seen.add(List.of(other.id(), one.id()))) {
                        rows.add(pair(other, one));
                    }
                }
            }
            return rows;
        }

        private PairRow pair(VariantSummary one, VariantSummary other) {
            return new PairRow(
                    results.name(),
                    one.variantId(),
                    one.label(),
                    front.contains(one),
                    other.variantId(),
                    other.label(),
                    front.contains(other),
                    rivals.areRivals(one, other),
                    finite((double) one.cost().params() / other.cost().params()),
                    finite((double) one.cost().macs() / other.cost().macs()),
                    measured(differences.between(one, other)));
        }
    }

    private static MeasuredDifference measured(Difference difference) {
        Settlement settlement = Settlement.of(difference);
        Optional<ErrorParts> error = difference.error();
        return new MeasuredDifference(
                finite(difference.value()),
                difference.interval().map(Interval::low).orElse(null),
                difference.interval().map(Interval::high).orElse(null),
                difference.settled(),
                error.map(parts -> Math.sqrt(parts.ofImages())).orElse(null),
                error.map(parts -> Math.sqrt(parts.ofSeeds())).orElse(null),
                difference.seeds(),
                difference.images() == 0 ? null : difference.images(),
                difference.reason().orElse(null),
                settlement.furtherSeeds().orElse(null),
                settlement.reason().orElse(null));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
