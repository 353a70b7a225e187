package dev.narrows.engine;

import dev.narrows.data.Dataset;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.List;

/** Trains one network and measures it. Any number may run at once in a process, each on a thread of its own. */
public final class TrialRunner {
    private final Engine engine;

    public TrialRunner(Engine engine) {
        this.engine = engine;
    }

    /** Runs to the end, whatever that is: what goes wrong is an outcome with a message, never an exception. */
    public TrialResult run(Trial trial, Dataset data, String device, Watch watch) {
        return new TrialResult(
                trial.id(),
                Outcome.FAILED,
                "not yet",
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                engine.place(device, trial.training().precision()),
                System.currentTimeMillis(),
                0);
    }
}
