package dev.narrows.jobs.fanout;

import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.Serializable;

/** Where the row of an ended trial is kept, at once and whole. Executors call it, and the driver for trials whose process died. */
@FunctionalInterface
public interface Commit extends Serializable {
    void row(Trial trial, TrialResult result) throws IOException;
}
