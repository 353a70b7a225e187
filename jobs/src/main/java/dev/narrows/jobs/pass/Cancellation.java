package dev.narrows.jobs.pass;

/** The state that a user has cancelled a run: set once, by Ctrl-C or a polite kill, and asked by every pass. */
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
