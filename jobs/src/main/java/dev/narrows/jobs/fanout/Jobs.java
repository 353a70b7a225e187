package dev.narrows.jobs.fanout;

import dev.narrows.jobs.dispatch.Event;
import dev.narrows.jobs.executor.RunningTrial;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Trial;
import java.util.List;

/** Something that runs trials, each in a job of its own and once only, and reports their ends. */
public interface Jobs {
    /** Begins to listen; {@link #stop} ends that. */
    void start();

    /**
     * Submits a trial.
     *
     * @param alone true where nothing else of the study may run in its process
     * @param expectedSeconds predicted seconds of the trial
     */
    void submit(Trial trial, boolean alone, double expectedSeconds);

    /** Cancels the job of a trial that has not begun. */
    void withdraw(Trial trial);

    /** The next things that happened, in their order; none where nothing does for a moment. */
    List<Event> next() throws InterruptedException;

    /** Ends a wait in {@link #next}; for any thread. */
    void wake();

    /** Counts the trials that may run at once, each alone in its process. */
    int placesAlone();

    /**
     * The place of a trial whose process died.
     *
     * @param host that it died on, as a {@link dev.narrows.jobs.blame.Verdict} says it
     */
    Environment environmentOfDeath(Trial trial, String host);

    /** Trials that run at this moment; for any thread. */
    int running();

    /** The trials that run, a moment late; for any thread. */
    List<RunningTrial> runningTrials();

    /** Cancels what is in flight and leaves no trial running behind, as far as native code listens. */
    void stop() throws InterruptedException;
}
