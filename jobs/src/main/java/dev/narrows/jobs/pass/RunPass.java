package dev.narrows.jobs.pass;

import dev.narrows.jobs.cluster.Cluster;

/** A part of a run that computes on a cluster. What it measures is in the journal the moment that it is measured. */
public interface RunPass {
    /** True where there is something to compute. */
    boolean isNeeded();

    /** A line for a user who cancels it: what is waited for. */
    String cancelling();

    /** Runs to its end, or until the run is cancelled. */
    void run(Cluster cluster) throws InterruptedException;
}
