package dev.narrows.jobs.pass;

import dev.narrows.jobs.cluster.Cluster;

/** A part of a run that computes on a cluster. Its measurements are in the journal at once. */
public interface RunPass {
    /** True where there is something to compute. */
    boolean isNeeded();

    /** A line for a user who cancels it, which names the work that still ends. */
    String cancelling();

    /** Runs to its end, or until the run is cancelled. */
    void run(Cluster cluster) throws InterruptedException;
}
