package dev.narrows.jobs.fanout;

import dev.narrows.engine.Watch;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.Serializable;

/** What an executor does with one trial. It travels to every executor, and several of its trials may run at once there. */
@FunctionalInterface
public interface TrialTask extends Serializable {
    /**
     * Runs one trial to its end. Whatever it throws becomes a {@code failed} row of that trial.
     *
     * @param device {@code cpu}, or {@code gpu:<address>} as Spark gave it
     */
    TrialResult run(Trial trial, String device, Watch watch) throws Exception;

    /** Threads of a trial inside one operation, for the row of one that left nothing but a reason. */
    default int threads() {
        return 1;
    }

    /** How long a trial may be silent beyond its time limit until it counts as hung, in seconds: more than a batch takes. */
    default double patienceSeconds() {
        return 30;
    }

    /** How long a trial may be silent, with or without a limit, in seconds: far more than any batch takes. */
    default double silenceSeconds() {
        return 600;
    }

    /**
     * Makes ready what the trial needs of this process: the engine, the images. What goes wrong here is not the trial's
     * fault and ends the study.
     */
    default void prepare(Trial trial) throws Exception {}

    /** Waits until the trial may run; what it gives is closed when the trial has ended. No time of this is the trial's. */
    default AutoCloseable turn(Trial trial) throws IOException, InterruptedException {
        return () -> {};
    }
}
