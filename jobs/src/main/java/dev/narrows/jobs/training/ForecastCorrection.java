package dev.narrows.jobs.training;

import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import java.util.OptionalDouble;

/** The forecast of what is left, corrected by what trials really took. */
record ForecastCorrection(Backlog backlog) implements TrialListener {
    @Override
    public void ended(Trial trial, TrialRow row) {
        backlog.ended(
                trial,
                row.outcome() == Outcome.COMPLETED
                        ? OptionalDouble.of(row.result().totalSeconds())
                        : OptionalDouble.empty());
    }
}
