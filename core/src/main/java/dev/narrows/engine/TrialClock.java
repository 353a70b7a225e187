package dev.narrows.engine;

import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;

/** Wall time of a trial, from the moment it was made, and its limit. */
final class TrialClock {
    private static final double NANOS = 1e9;

    private final Training training;
    private final long startedAt = System.currentTimeMillis();
    private final long start = System.nanoTime();

    TrialClock(Training training) {
        this.training = training;
    }

    /** Milliseconds since 1970. */
    long startedAt() {
        return startedAt;
    }

    /** Since the start. */
    double seconds() {
        return secondsSince(start);
    }

    /** Since a moment of {@link System#nanoTime}. */
    static double secondsSince(long moment) {
        return seconds(System.nanoTime() - moment);
    }

    static double seconds(long nanos) {
        return nanos / NANOS;
    }

    /**
     * Ends a trial whose time is over.
     *
     * @param epochs that have ended
     */
    void check(int epochs) {
        double limit = training.timeLimitSeconds();
        if (limit > 0 && System.nanoTime() - start > limit * NANOS) {
            throw new TrialStop(
                    Outcome.TIMED_OUT,
                    "Cannot go on training: the limit of %s s was reached after %d of %d epochs"
                            .formatted(limit, epochs, training.epochs()));
        }
    }
}
