package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;

/** A part of the results folder that is made from all rows, again and again as trials end. */
@FunctionalInterface
public interface Output extends TrialListener {
    /** @param running true where trials are still to end */
    void write(boolean running);

    @Override
    default void ended(Trial trial, TrialRow row) {
        write(true);
    }
}
