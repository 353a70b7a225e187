package dev.narrows.jobs.training;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.jobs.show.Progress;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Resumption;
import dev.narrows.trial.Trial;

/** A line about each trial that had to begin anew although it had a checkpoint. */
record RestartNews(Progress progress) implements TrialListener {
    @Override
    public void ended(Trial trial, TrialRow row) {
        Resumption resumption = row.result().resumption();
        if (resumption != null && !resumption.wentOn()) {
            progress.note("%s seed=%d began anew, not from its checkpoint: %s"
                    .formatted(trial.variant(), trial.seed(), resumption.restartReason()));
        }
    }
}
