package dev.narrows.jobs.pass;

/** The cancellation of a run by its user: set once, by Ctrl-C or SIGTERM, and checked by every pass. */
public final class Cancellation {
    private boolean asked;
    private Runnable stop = () -> {};

    /** Cancels the run, from any thread. */
    public void ask() {
        Runnable work;
        synchronized (this) {
            asked = true;
            work = stop;
        }
        work.run();
    }

    public synchronized boolean isAsked() {
        return asked;
    }

    /** Sets how the pass that begins is stopped; at once where the run is cancelled already. */
    public void stopsBy(Runnable way) {
        boolean late;
        synchronized (this) {
            stop = way;
            late = asked;
        }
        if (late) {
            way.run();
        }
    }
}
