package dev.narrows.jobs.executor;

import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.Serializable;

/**
 * Keeps the rows of ended trials, at once and whole. Executors call it, and the driver for trials whose process died.
 */
@FunctionalInterface
public interface Commit extends Serializable {
    /** Keeps one row. */
    void row(Trial trial, TrialResult result) throws IOException;
}
