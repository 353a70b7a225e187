package dev.narrows.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Progress of a variant's trial with the study's first seed.
 *
 * @param trainLosses mean training loss of each finished epoch
 * @param quality final validation quality; empty where it has not ended, or ended without one
 * @param ended true where it will not go on
 */
public record TrialProgress(List<Double> trainLosses, OptionalDouble quality, boolean ended) {
    /** @throws IllegalArgumentException where a trial that has not ended has a final quality */
    public TrialProgress {
        trainLosses = List.copyOf(trainLosses);
        if (quality.isPresent() && !ended) {
            throw new IllegalArgumentException(
                    "Cannot take %s for a final quality: the trial has not ended".formatted(quality.getAsDouble()));
        }
    }

    /** A trial that completed. */
    public static TrialProgress completed(List<Double> trainLosses, double quality) {
        return new TrialProgress(trainLosses, OptionalDouble.of(quality), true);
    }

    /** A trial that ended without a quality: it diverged, or did not complete. */
    public static TrialProgress failed(List<Double> trainLosses) {
        return new TrialProgress(trainLosses, OptionalDouble.empty(), true);
    }

    /** A trial under way, or one that paused. */
    public static TrialProgress underWay(List<Double> trainLosses) {
        return new TrialProgress(trainLosses, OptionalDouble.empty(), false);
    }
}
