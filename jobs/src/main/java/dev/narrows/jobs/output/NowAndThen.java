package dev.narrows.jobs.output;

import dev.narrows.jobs.folder.FolderLostException;
import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls its listeners so rarely that their work takes a small share of a run's time. */
public final class NowAndThen implements TrialListener {
    private static final Logger LOG = LoggerFactory.getLogger(NowAndThen.class);

    private static final long LEAST_PAUSE_NANOS = 20_000_000_000L;

    /** Largest share of a run's time that goes into intermediate outputs. */
    private static final double SHARE_OF_TIME = 0.02;

    private final List<? extends TrialListener> listeners;
    private long nextAt = System.nanoTime() + LEAST_PAUSE_NANOS;

    public NowAndThen(List<? extends TrialListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** One that cannot be written now is written later: it is no reason to stop training. */
    private static void tell(TrialListener listener, Trial trial, TrialRow row) {
        try {
            listener.ended(trial, row);
        } catch (FolderLostException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Cannot write an output of the run so far: {}; it is tried again", e.getMessage(), e);
        }
    }

    @Override
    public void ended(Trial trial, TrialRow row) {
        long start = System.nanoTime();
        if (start - nextAt >= 0) {
            listeners.forEach(listener -> tell(listener, trial, row));
            long took = System.nanoTime() - start;
            nextAt = System.nanoTime() + Math.max(LEAST_PAUSE_NANOS, (long) (took / SHARE_OF_TIME));
        }
    }
}
