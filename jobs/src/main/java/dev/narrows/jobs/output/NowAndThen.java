package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;
import java.util.List;

/** Calls its listeners so rarely that their work takes a small share of a run's time. */
public final class NowAndThen implements TrialListener {
    private static final long LEAST_PAUSE_NANOS = 20_000_000_000L;

    /** Largest share of a run's time that goes into intermediate outputs. */
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
