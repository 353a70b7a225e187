package dev.narrows.engine;

import dev.narrows.trial.Epoch;

/** Sums of one pass over the training images, in fp64 and in the order of its steps. */
final class EpochSums {
    private final int epoch;
    private double loss;
    private long hits;
    private long counted;
    private double squaredNorms;
    private int steps;
    private int moves;

    EpochSums(int epoch) {
        this.epoch = epoch;
    }

    void add(StepFigures step) {
        loss += (double) step.loss() * step.counted();
        hits += step.hits();
        counted += step.counted();
        squaredNorms += step.squaredNorm();
        steps++;
        // A step that overflowed in fp16 moved nothing, and has no gradient to be told.
        moves += step.overflowed() ? 0 : 1;
    }

    int epoch() {
        return epoch;
    }

    /** Steps that are in the sums. */
    int steps() {
        return steps;
    }

    /**
     * The epoch's row.
     *
     * @param rate of the last step
     * @param seconds of the pass
     */
    Epoch epoch(double rate, double seconds, Evaluation validation, double validationSeconds) {
        return new Epoch(
                epoch,
                loss / Math.max(1, counted),
                (double) hits / Math.max(1, counted),
                validation.loss(),
                validation.accuracy(),
                validation.top5(),
                rate,
                Math.sqrt(squaredNorms / Math.max(1, moves)),
                seconds,
                validationSeconds,
                validation.overlap());
    }
}
