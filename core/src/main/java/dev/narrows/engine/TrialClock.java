package dev.narrows.engine;

import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;

/** Wall time of a trial, from the moment it was made and of the attempts that it goes on from, and its limit. */
final class TrialClock {
    private static final double NANOS = 1e9;

    private final Training training;
    private final long startedAt = System.currentTimeMillis();
    private final long start = System.nanoTime();
    private double earlierSeconds;

    TrialClock(Training training) {
        this.training = training;
    }

    /** Milliseconds since 1970. */
    long startedAt() {
        return startedAt;
    }

    /** Takes up the seconds of earlier attempts. */
    void goOn(double seconds) {
        earlierSeconds = seconds;
    }

    /** Of all attempts. */
    double seconds() {
        return earlierSeconds + attemptSeconds();
    }

    /** Since the start of this attempt. */
    double attemptSeconds() {
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
        if (limit > 0 && seconds() > limit) {
            throw new TrialStop(
                    Outcome.TIMED_OUT,
                    "Cannot go on training: the limit of %s s was reached after %d of %d epochs"
                            .formatted(limit, epochs, training.epochs()));
        }
    }
}
