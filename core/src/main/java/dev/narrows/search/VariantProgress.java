package dev.narrows.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Progress of a variant's trials with the study's first seed, one for each choice of training settings.
 *
 * @param trainLosses mean training loss of each finished epoch of the best trial
 * @param qualities final validation quality by the choice, from 0, of each trial that has ended; NaN where it ended
 *     without one
 */
public record VariantProgress(List<Double> trainLosses, Map<Integer, Double> qualities) {
    public VariantProgress {
        trainLosses = List.copyOf(trainLosses);
        qualities = Map.copyOf(qualities);
    }

    /** A trial, with the only choice, that completed. */
    public static VariantProgress completed(List<Double> trainLosses, double quality) {
        return new VariantProgress(trainLosses, Map.of(0, quality));
    }

    /** A trial, with the only choice, that ended without a quality: it diverged, or did not complete. */
    public static VariantProgress failed(List<Double> trainLosses) {
        return completed(trainLosses, Double.NaN);
    }

    /** Trials under way, or paused. */
    public static VariantProgress underWay(List<Double> trainLosses) {
        return new VariantProgress(trainLosses, Map.of());
    }

    /** True where the trials with these choices have ended. */
    boolean ended(Collection<Integer> choices) {
        return qualities.keySet().containsAll(choices);
    }

    /** The quality of the best choice; empty where no trial ended with one. */
    OptionalDouble quality() {
        return qualities.values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .max();
    }
}
