package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;
import java.util.List;

/** Tells others of ended trials so seldom that what they do takes a small share of a run's time. */
public final class NowAndThen implements TrialListener {
    private static final long LEAST_PAUSE_NANOS = 20_000_000_000L;

    /** At most so much of a run's time goes into what somebody may look at meanwhile. */
    private static final double SHARE_OF_TIME = 0.02;

    private final List<? extends TrialListener> listeners;
    private long nextAt = System.nanoTime() + LEAST_PAUSE_NANOS;

    public NowAndThen(List<? extends TrialListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void ended(Trial trial, TrialRow row) {
        long start = System.nanoTime();
        if (start - nextAt >= 0) {
            listeners.forEach(listener -> listener.ended(trial, row));
            long took = System.nanoTime() - start;
            nextAt = System.nanoTime() + Math.max(LEAST_PAUSE_NANOS, (long) (took / SHARE_OF_TIME));
        }
    }
}
