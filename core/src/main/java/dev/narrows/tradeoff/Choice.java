package dev.narrows.tradeoff;

import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variant to take under constraints: the best by the first objective, and of equals by the next ones.
 *
 * @param ranking every variant that keeps the constraints and has the first objective's measure, the best first
 * @param frontier those of the ranking that are on the front of all objectives among them
 * @param likely how likely each is the best by accuracy, by its id: the share of redraws of the study in which it is;
 *     empty where accuracy is not the first objective, or it cannot be told
 */
public record Choice(List<VariantSummary> ranking, List<VariantSummary> frontier, Map<String, Double> likely) {
    public Choice {
        ranking = List.copyOf(ranking);
        frontier = List.copyOf(frontier);
        likely = Map.copyOf(likely);
    }

    /** Among the variants that keep every constraint. */
    public static Choice of(
            List<VariantSummary> summaries,
            List<Constraint> constraints,
            List<Objective> objectives,
            Certainty certainty) {
        List<Criterion<VariantSummary>> criteria = VariantSummary.criteria(objectives);
        Comparator<VariantSummary> order = Comparator.comparingDouble(criteria.get(0)::loss);
        for (Criterion<VariantSummary> criterion : criteria.subList(1, criteria.size())) {
            order = order.thenComparingDouble(criterion::loss);
        }
        List<VariantSummary> ranking = summaries.stream()
                .filter(summary -> constraints.stream()
                        .allMatch(constraint -> constraint.holds(summary.measure(constraint.measure()))))
                .filter(summary -> !Double.isNaN(criteria.get(0).loss(summary)))
                .sorted(order.thenComparing(VariantSummary::id))
                .toList();
        Map<String, Double> likely = certainty.best(ranking, objectives.get(0));
        return new Choice(ranking, ParetoFront.of(ranking, criteria), likely);
    }

    /** The one to take; empty where none keeps the constraints. */
    public Optional<VariantSummary> best() {
        return ranking.stream().findFirst();
    }

    /**
     * The cheapest of the ranking, in a measure of cost, that the best is not settled to be more accurate than; empty where
     * that is the best itself.
     */
    public Optional<VariantSummary> cheaper(Measure cost, Certainty certainty) {
        return best().flatMap(best -> ranking.stream()
                .filter(other -> other.measure(cost) < best.measure(cost))
                .filter(other -> {
                    Difference difference = certainty.between(best, other);
                    return difference.interval().isPresent() && !difference.settled();
                })
                .min(Comparator.comparingDouble(other -> other.measure(cost))));
    }
}
