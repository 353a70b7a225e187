package dev.narrows.study;

import java.util.ArrayList;
import java.util.List;

/**
 * The objectives of a study as a search takes them: one measure of quality, which only training tells, and costs that
 * are known before.
 */
public record SearchObjectives(Objective quality, List<Objective> costs) {
    public SearchObjectives {
        costs = List.copyOf(costs);
    }

    /** @throws IllegalArgumentException where a search cannot work with them, with the reason */
    public static SearchObjectives of(List<Objective> objectives) {
        List<Objective> qualities = new ArrayList<>();
        List<Objective> costs = new ArrayList<>();
        for (Objective objective : objectives) {
            if (objective.measure().isQuality()) {
                qualities.add(objective);
            } else if (isKnownBefore(objective.measure())) {
                costs.add(objective);
            } else {
                throw new IllegalArgumentException(
                        "Cannot search by %s: only training tells it, and a search must know costs before"
                                .formatted(objective.measure()));
            }
        }
        if (qualities.isEmpty()) {
            throw new IllegalArgumentException("Cannot search by %s: a search needs an objective on quality, such as %s"
                    .formatted(words(objectives), Measure.VALIDATION_ACCURACY));
        }
        if (qualities.size() > 1) {
            throw new IllegalArgumentException(
                    "Cannot search by %s: a search takes one measure of quality, and these are %d"
                            .formatted(words(qualities), qualities.size()));
        }
        if (costs.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot search by %s alone: a search needs an objective on cost, such as %s"
                            .formatted(words(qualities), Measure.PARAMS));
        }
        return new SearchObjectives(qualities.get(0), costs);
    }

    /** True for counts, for what is predicted from the network, and for latencies, which need no trained weights. */
    private static boolean isKnownBefore(Measure measure) {
        return measure.unit() == Measure.Unit.COUNT || measure == Measure.INFERENCE_MEMORY_BYTES || measure.isLatency();
    }

    private static String words(List<Objective> objectives) {
        return String.join(
                " and ", objectives.stream().map(o -> o.measure().word()).toList());
    }

    /** The value of a cost so that less is better and logarithms exist: of what is maximized, one over it. */
    public static double loss(Objective objective, double value) {
        return switch (objective.direction()) {
            case MINIMIZE -> value;
            case MAXIMIZE -> 1 / value;
        };
    }
}
