package dev.narrows.tradeoff.answer;

import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer of a study: what each knob does and how families compare at equal cost, the variant to take for a budget,
 * and what would settle the open differences. The report, the terminal and scripts show the same sentences.
 *
 * @param sentences those that the question names first, in its order; then the choice, and reservations last
 * @param quality measure that is compared; empty if no variant has one
 * @param budgets steps of the choice by measure of a budget, for the measures that some variant has,
 *     that of the comparisons first
 */
public record Answer(List<Sentence> sentences, Optional<Measure> quality, Map<Measure, List<BudgetStep>> budgets) {
    public Answer {
        sentences = List.copyOf(sentences);
        budgets = Collections.unmodifiableMap(new LinkedHashMap<>(budgets));
    }

    /** The answer under the constraints of the study. */
    public static Answer of(StudyResults results) {
        return of(results, results.study().map(Study::constraints).orElse(List.of()));
    }

    /** The answer under other constraints, which decide the choice and nothing else. */
    public static Answer of(StudyResults results, List<Constraint> constraints) {
        List<VariantSummary> summaries = results.summaries();
        return of(results, constraints, summaries, Certainty.of(summaries, results.objectives()));
    }

    /**
     * The answer from summaries that are at hand, so that nothing is computed twice.
     *
     * @param summaries those of the results
     * @param certainty that of the summaries
     */
    public static Answer of(
            StudyResults results, List<Constraint> constraints, List<VariantSummary> summaries, Certainty certainty) {
        return Grounds.of(results, summaries, certainty)
                .map(grounds -> of(grounds, constraints))
                .orElseGet(() -> new Answer(Reservations.withoutResults(results), Optional.empty(), Map.of()));
    }

    private static Answer of(Grounds grounds, List<Constraint> constraints) {
        List<Sentence> compared = Ranked.sentences(grounds);
        Map<Measure, List<BudgetStep>> budgets = new LinkedHashMap<>();
        budgetMeasures(grounds)
                .forEach(measure -> budgets.put(
                        measure, BudgetStep.of(grounds.summaries(), measure, grounds.quality(), grounds.certainty())));
        List<Sentence> sentences = new ArrayList<>(compared);
        sentences.addAll(ChoiceSentences.of(grounds, constraints, budgets.getOrDefault(grounds.cost(), List.of())));
        sentences.addAll(Reservations.of(grounds, compared));
        return new Answer(sentences, Optional.of(grounds.quality()), budgets);
    }

    /** Costs that a budget may be of: that of the comparisons, those of the objectives, params, MACs and latency. */
    private static List<Measure> budgetMeasures(Grounds grounds) {
        return Stream.of(
                        Stream.of(grounds.cost()),
                        grounds.results().objectives().stream().map(Objective::measure),
                        Stream.of(Measure.PARAMS, Measure.MACS, Measure.LATENCY_P50_US))
                .flatMap(measures -> measures)
                .distinct()
                .filter(measure -> measure.better() == Objective.Direction.MINIMIZE)
                .filter(measure ->
                        grounds.summaries().stream().anyMatch(summary -> !Double.isNaN(summary.measure(measure))))
                .toList();
    }
}
