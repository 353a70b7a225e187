package dev.narrows.jobs.pass;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The cancellation of a run by its user: set once, by Ctrl-C or SIGTERM, and checked by every pass. */
public final class Cancellation {
    private final Set<UnderWay> passes = new LinkedHashSet<>();
    private boolean asked;

    /** A pass that can be stopped, until it is closed. */
    public final class UnderWay implements AutoCloseable {
        private final Runnable stop;

        private UnderWay(Runnable stop) {
            this.stop = stop;
        }

        @Override
        public void close() {
            synchronized (Cancellation.this) {
                passes.remove(this);
            }
        }
    }

    /** Cancels the run, from any thread: every pass that is under way stops. */
    public void ask() {
        List<UnderWay> stopped;
        synchronized (this) {
            asked = true;
            stopped = List.copyOf(passes);
        }
        stopped.forEach(pass -> pass.stop.run());
    }

    public synchronized boolean isAsked() {
        return asked;
    }

    /** Sets how a pass that begins is stopped; at once where the run is cancelled already. */
    public UnderWay stopsBy(Runnable way) {
        UnderWay pass = new UnderWay(way);
        boolean late;
        synchronized (this) {
            passes.add(pass);
            late = asked;
        }
        if (late) {
            way.run();
        }
        return pass;
    }
}
