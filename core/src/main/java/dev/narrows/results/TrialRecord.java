package dev.narrows.results;

import dev.narrows.trial.TrialEvent;
import dev.narrows.trial.TrialHistory;
import dev.narrows.trial.TrialOrigin;
import dev.narrows.trial.TrialState;
import java.io.Serializable;
import java.util.Optional;

/**
 * A trial of a study, from its plan on: its description, its origin, and its history.
 */
public record TrialRecord(TrialDescription trial, TrialOrigin origin, TrialHistory history) implements Serializable {
    /** @throws IllegalArgumentException where a result is another trial's */
    public TrialRecord {
        history.result().ifPresent(result -> new TrialRow(trial, result));
    }

    /** A trial that waits. */
    public static TrialRecord waiting(TrialDescription trial, TrialOrigin origin) {
        return new TrialRecord(trial, origin, TrialHistory.NONE);
    }

    /** A trial of the plan that has ended. */
    public static TrialRecord ended(TrialRow row) {
        return new TrialRecord(row.trial(), TrialOrigin.PLAN, TrialHistory.ended(row.result()));
    }

    /** @throws IllegalArgumentException where the event cannot follow */
    public TrialRecord then(TrialEvent event) {
        return new TrialRecord(trial, origin, history.then(event));
    }

    public String trialId() {
        return trial.trialId();
    }

    public TrialState state() {
        return history.state();
    }

    /** True where its last attempt has a row, also that of a pause. */
    public boolean isEnded() {
        return switch (state()) {
            case WAITING, RUNNING -> false;
            case PAUSED, ENDED -> true;
        };
    }

    /** The row of the tables: the result of the last attempt that has ended, also while another runs. */
    public Optional<TrialRow> row() {
        return history.result().map(result -> new TrialRow(trial, result));
    }
}
