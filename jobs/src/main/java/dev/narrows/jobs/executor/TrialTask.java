package dev.narrows.jobs.executor;

import dev.narrows.engine.Watch;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.Serializable;

/**
 * The work of an executor on one trial. It travels to every executor, and several of its trials may run at once there.
 */
@FunctionalInterface
public interface TrialTask extends Serializable {
    /**
     * Runs one trial to its end. An exception becomes a {@code failed} row of that trial.
     *
     * @param device {@code cpu}, or {@code gpu:<address>} as Spark gave it
     */
    TrialResult run(Trial trial, String device, Watch watch) throws Exception;

    /** Threads of a trial inside one operation, for the row of one that left nothing but a reason. */
    default int threads() {
        return 1;
    }

    /** Seconds of silence beyond its time limit after which a trial counts as hung: more than a batch takes. */
    default double patienceSeconds() {
        return 30;
    }

    /**
     * Seconds of silence after which a trial counts as hung, with or without a limit: far more than any batch takes.
     */
    default double silenceSeconds() {
        return 600;
    }

    /**
     * Makes ready what the trial needs of this process: the engine, the images. A failure here is not the trial's
     * fault and ends the study.
     */
    default void prepare(Trial trial) throws Exception {}

    /**
     * Waits until the trial may run; its result is closed when the trial has ended. The wait is not the trial's time.
     */
    default AutoCloseable turn(Trial trial) throws IOException, InterruptedException {
        return () -> {};
    }
}
