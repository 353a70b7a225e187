package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;

/** Something in the results folder that is made of all rows, and made anew as trials end. */
@FunctionalInterface
public interface Output extends TrialListener {
    /** @param running true where trials are still to end */
    void write(boolean running);

    @Override
    default void ended(Trial trial, TrialRow row) {
        write(true);
    }
}
