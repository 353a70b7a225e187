package dev.narrows.engine;

import dev.narrows.trial.Outcome;

/** Thrown where a trial cannot go on, with the outcome that it ends with. */
final class TrialStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    TrialStop(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
