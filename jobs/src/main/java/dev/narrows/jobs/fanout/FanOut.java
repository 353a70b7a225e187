package dev.narrows.jobs.fanout;

import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.dispatch.Dispatch;
import dev.narrows.jobs.dispatch.Event;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.jobs.executor.RunningTrial;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Runs the trials of a study: hands what {@link Jobs} report to a {@link Dispatch}, and carries out what it decides.
 */
public final class FanOut {
    private final Jobs jobs;
    private final Commit commit;
    private final Suspects suspects;
    private final IntSupplier window;
    private final Function<Trial, Optional<TrialResult>> kept;
    private volatile boolean cancelled;

    /**
     * @param commit keeps the rows of trials whose process died
     * @param window most jobs in flight: more than there are slots, so that no slot waits for the driver
     * @param kept the result of a trial whose row this run has kept: an executor may die between keeping it and saying
     *     so
     */
    public FanOut(
            Jobs jobs,
            Commit commit,
            Suspects suspects,
            IntSupplier window,
            Function<Trial, Optional<TrialResult>> kept) {
        this.jobs = jobs;
        this.commit = commit;
        this.suspects = suspects;
        this.window = window;
        this.kept = kept;
    }

    /**
     * Runs every trial of the backlog to its end, or until {@link #cancel()}.
     *
     * @param onEnd callback for every trial whose row is kept, on the calling thread
     * @throws FanOutException where the study cannot go on
     * @throws HungException where it can only go on in another process
     */
    public void run(Backlog backlog, BiConsumer<Trial, TrialResult> onEnd) throws InterruptedException {
        run(backlog, Openings.NONE, onEnd);
    }

    /**
     * The same where results of trials decide which others begin.
     *
     * @param openings asked whenever trials have ended, and now and then
     */
    public void run(Backlog backlog, Openings openings, BiConsumer<Trial, TrialResult> onEnd)
            throws InterruptedException {
        Dispatch dispatch = new Dispatch(backlog, suspects.all());
        Actions actions = new Actions(jobs, commit, suspects, backlog, onEnd);
        jobs.start();
        try {
            while (goesOn(dispatch, actions, openings)) {
                actions.carryOut(dispatch.on(cancelled ? new Event.RunCancelled() : room(dispatch)));
                for (Event event : waits(dispatch, openings) ? jobs.next() : List.<Event>of()) {
                    if (cancelled) {
                        actions.carryOut(dispatch.on(new Event.RunCancelled()));
                    }
                    actions.carryOut(dispatch.on(event instanceof Event.ProcessDied died ? withRow(died) : event));
                }
            }
        } finally {
            jobs.stop();
        }
    }

    private boolean goesOn(Dispatch dispatch, Actions actions, Openings openings) {
        if (cancelled) {
            return !dispatch.isOver();
        }
        List<Trial> trials = openings.open();
        if (!trials.isEmpty()) {
            actions.carryOut(dispatch.on(new Event.TrialsOpened(trials)));
        }
        return !dispatch.isOver() || openings.isPending();
    }

    /** True where the next step depends on a trial in flight, or on what is still to open. */
    private boolean waits(Dispatch dispatch, Openings openings) {
        return dispatch.isWaiting() || (dispatch.isOver() && openings.isPending() && !cancelled);
    }

    private Event room(Dispatch dispatch) {
        return new Event.Room(Math.max(1, dispatch.isQuarantine() ? jobs.placesAlone() : window.getAsInt()));
    }

    private Event withRow(Event.ProcessDied died) {
        return kept.apply(died.trial())
                .<Event>map(result -> new Event.DiedAfterwards(died.trial(), result))
                .orElse(died);
    }

    /** Ends what runs within a batch; may be called from any thread. */
    public void cancel() {
        cancelled = true;
        jobs.wake();
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** Trials that run at this moment. */
    public int running() {
        return jobs.running();
    }

    /** The trials that run, a moment late. */
    public List<RunningTrial> runningTrials() {
        return jobs.runningTrials();
    }
}
