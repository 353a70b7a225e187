package dev.narrows.tradeoff.answer;

import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Amounts;
import dev.narrows.tradeoff.Certainty;
import dev.narrows.tradeoff.Criterion;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The choice for budgets of one measure from this step on: the best variant that the budget allows.
 *
 * @param measure of the budget
 * @param from smallest budget that allows it, in the unit of the measure
 * @param best the variant of the highest quality
 * @param cheaper cheapest variant that is not settled to be worse; empty if there is none
 * @param words sentence without the budget: {@code Take …}
 */
public record BudgetStep(
        Measure measure, double from, VariantSummary best, Optional<VariantSummary> cheaper, String words) {

    /** Steps of a budget in ascending order; none if no variant has the measure. */
    static List<BudgetStep> of(List<VariantSummary> summaries, Measure measure, Measure quality, Certainty certainty) {
        List<VariantSummary> front = new ArrayList<>(ParetoFront.of(
                summaries,
                List.of(
                        new Criterion<>(summary -> summary.measure(measure), measure.better()),
                        new Criterion<>(summary -> summary.measure(quality), quality.better()))));
        front.sort(Comparator.comparingDouble(summary -> summary.measure(measure)));
        List<BudgetStep> steps = new ArrayList<>();
        for (int place = 0; place < front.size(); place++) {
            VariantSummary best = front.get(place);
            Optional<VariantSummary> cheaper = front.subList(0, place).stream()
                    .filter(other -> !isSettled(certainty, best, other))
                    .findFirst();
            steps.add(new BudgetStep(
                    measure, best.measure(measure), best, cheaper, words(certainty, quality, best, cheaper)));
        }
        return steps;
    }

    /** True if another is known to be worse; without an interval, nothing else speaks for the cheaper one. */
    private static boolean isSettled(Certainty certainty, VariantSummary best, VariantSummary other) {
        Difference difference = certainty.between(best, other);
        return difference.interval().isEmpty() || difference.settled();
    }

    private static String words(
            Certainty certainty, Measure quality, VariantSummary best, Optional<VariantSummary> cheaper) {
        return "take %s: %s, %s, %s.%s"
                .formatted(
                        best.label(),
                        Amounts.named(quality, best.measure(quality)),
                        Amounts.named(Measure.PARAMS, best.measure(Measure.PARAMS)),
                        Amounts.named(Measure.MACS, best.measure(Measure.MACS)),
                        cheaper.map(other -> " " + cheaper(certainty, best, other))
                                .orElse(""));
    }

    /** Sentence on a variant that costs less by some measure and is not settled to be worse, with all of its costs. */
    public static String cheaper(Certainty certainty, VariantSummary best, VariantSummary other) {
        Difference difference = certainty.between(other, best);
        return "%s has %s times its params and %s times its MACs%s; it is not settled to be worse: %s %s%s."
                .formatted(
                        other.label(),
                        Amounts.factor(
                                (double) other.cost().params() / best.cost().params()),
                        Amounts.factor(
                                (double) other.cost().macs() / best.cost().macs()),
                        latency(best, other),
                        Difference.points(difference.value()),
                        Quality.points(difference.measure()),
                        difference
                                .interval()
                                .map(known -> " (95 %% interval %s … %s)"
                                        .formatted(Difference.points(known.low()), Difference.points(known.high())))
                                .orElse(""));
    }

    private static String latency(VariantSummary best, VariantSummary other) {
        double ratio = other.measure(Measure.LATENCY_P50_US) / best.measure(Measure.LATENCY_P50_US);
        if (Double.isNaN(ratio)) {
            return "";
        }
        return other.comparable(Measure.LATENCY_P50_US) == best.comparable(Measure.LATENCY_P50_US)
                ? " at equal latency within noise"
                : " at %s times its latency".formatted(Amounts.factor(ratio));
    }
}
