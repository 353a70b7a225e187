package dev.narrows.jobs.training;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.jobs.show.Progress;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;

/** The bar, or the lines, that say how far training is. */
record TrainingProgress(Progress progress) implements TrialListener {
    @Override
    public void ended(Trial trial, TrialRow row) {
        Double accuracy = row.result().finalValidationAccuracy();
        progress.ended(
                row.outcome().counts(),
                accuracy == null ? Double.NaN : accuracy,
                trial.training().epochs());
    }
}
