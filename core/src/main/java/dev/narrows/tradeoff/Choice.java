package dev.narrows.tradeoff;

import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chosen variant under constraints: the best by the first objective; the next objectives break ties.
 *
 * @param ranking every variant that meets the constraints and has the first objective's measure, the best first
 * @param frontier variants of the ranking on their Pareto front of all objectives
 * @param likely probability of being the best by the measure of quality, by id: the share of bootstrap resamples in
 *     which the variant is; empty if that is not the first objective, or it is unknown
 */
public record Choice(List<VariantSummary> ranking, List<VariantSummary> frontier, Map<String, Double> likely) {
    public Choice {
        ranking = List.copyOf(ranking);
        frontier = List.copyOf(frontier);
        likely = Map.copyOf(likely);
    }

    /** Chooses among the variants that meet every constraint. */
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

    /** The chosen variant; empty if none meets the constraints. */
    public Optional<VariantSummary> best() {
        return ranking.stream().findFirst();
    }

    /**
     * The cheapest variant of the ranking whose quality does not differ from the best one's by a settled amount; empty
     * if that is the best itself.
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
