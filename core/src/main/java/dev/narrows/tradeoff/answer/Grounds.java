package dev.narrows.tradeoff.answer;

import dev.narrows.study.CostMeasure;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Solve;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Results that an answer is built of.
 *
 * @param summaries variants that have a quality
 * @param quality measure that the certainty is of
 * @param cost exact measure that is to be equal in comparisons: the one that a knob was solved for, else the first that
 *     the study minimises
 */
record Grounds(
        StudyResults results,
        List<VariantSummary> summaries,
        Certainty certainty,
        Measure quality,
        Measure cost,
        Set<String> solved) {
    /** Empty if no variant has a quality. */
    static Optional<Grounds> of(StudyResults results, List<VariantSummary> all, Certainty certainty) {
        Measure quality = certainty.measure();
        List<VariantSummary> measured = all.stream()
                .filter(summary -> !Double.isNaN(summary.measure(quality)))
                .toList();
        return measured.isEmpty()
                ? Optional.empty()
                : Optional.of(new Grounds(results, measured, certainty, quality, cost(results), results.solved()));
    }

    private static Measure cost(StudyResults results) {
        return results.study().stream()
                .flatMap(study -> study.grid().stream())
                .flatMap(entry -> entry.solve().stream())
                .map(Solve::measure)
                .map(Grounds::measure)
                .findFirst()
                .or(() -> results.objectives().stream()
                        .map(Objective::measure)
                        .filter(measure -> measure == Measure.PARAMS || measure == Measure.MACS)
                        .findFirst())
                .orElse(Measure.MACS);
    }

    private static Measure measure(CostMeasure cost) {
        return cost == CostMeasure.PARAMS ? Measure.PARAMS : Measure.MACS;
    }

    /** Variants by family, in the order of first occurrence. */
    Map<String, List<VariantSummary>> families() {
        Map<String, List<VariantSummary>> families = new LinkedHashMap<>();
        summaries.forEach(summary -> families.computeIfAbsent(summary.family(), key -> new ArrayList<>())
                .add(summary));
        return families;
    }

    /** Mean difference in quality over pairs. */
    Difference difference(List<Certainty.Pair> pairs) {
        return certainty.mean(pairs);
    }

    /** A comparison by the pairs whose difference is known, where there are any. */
    Comparison comparison(String subject, String of, String against, List<Certainty.Pair> matched) {
        List<Certainty.Pair> pairs = certainty.counting(matched);
        return new Comparison(
                subject,
                of,
                against,
                difference(pairs),
                pairs.size(),
                factor(pairs, summary -> summary.measure(Measure.PARAMS)),
                factor(pairs, summary -> summary.measure(Measure.MACS)));
    }

    static double factor(List<Certainty.Pair> pairs, ToDoubleFunction<VariantSummary> cost) {
        return Math.exp(pairs.stream()
                .mapToDouble(pair -> Math.log(cost.applyAsDouble(pair.of()) / cost.applyAsDouble(pair.against())))
                .average()
                .orElse(Double.NaN));
    }
}
