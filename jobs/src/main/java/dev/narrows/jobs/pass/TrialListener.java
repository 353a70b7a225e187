package dev.narrows.jobs.pass;

import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;

/** Callback for trials that end, called on the driver's thread once the journal has the row. */
@FunctionalInterface
public interface TrialListener {
    void ended(Trial trial, TrialRow row);
}
