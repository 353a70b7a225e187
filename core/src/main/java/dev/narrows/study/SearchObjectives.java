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

    private enum Kind {
        QUALITY,
        KNOWN_BEFORE,
        TOLD_BY_TRAINING
    }

    /** @throws IllegalArgumentException where a search cannot work with them, with the reason */
    public static SearchObjectives of(List<Objective> objectives) {
        List<Objective> qualities = new ArrayList<>();
        List<Objective> costs = new ArrayList<>();
        for (Objective objective : objectives) {
            switch (kind(objective.measure())) {
                case QUALITY -> qualities.add(objective);
                case KNOWN_BEFORE -> costs.add(objective);
                case TOLD_BY_TRAINING ->
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

    private static Kind kind(Measure measure) {
        return switch (measure) {
            case VALIDATION_ACCURACY, VALIDATION_BALANCED_ACCURACY, VALIDATION_MEAN_IOU, VALIDATION_DICE ->
                Kind.QUALITY;
            case PARAMS,
                    MACS,
                    ACTIVATIONS,
                    INFERENCE_MEMORY_BYTES,
                    LATENCY_P10_US,
                    LATENCY_P50_US,
                    LATENCY_P90_US,
                    LATENCY_P99_US,
                    INFERENCE_IMAGES_PER_SECOND -> Kind.KNOWN_BEFORE;
            case PEAK_MEMORY_BYTES,
                    TRAIN_SECONDS,
                    EPOCH_SECONDS,
                    IMAGES_PER_SECOND,
                    NARROW_DEAD_SHARE,
                    NARROW_RANK_SHARE -> Kind.TOLD_BY_TRAINING;
        };
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
