package dev.narrows.jobs.run;

import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;

/** Callback for trials that end, called on the driver's thread once the journal has the row. */
@FunctionalInterface
interface TrialListener {
    void ended(Trial trial, TrialRow row);
}
