package dev.narrows.jobs.training;

import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.jobs.show.Progress;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.tradeoff.Quality;
import dev.narrows.trial.Trial;
import java.util.List;

/** The bar, or the lines, that say how far training is. */
record TrainingProgress(Progress progress, List<Objective> objectives) implements TrialListener {
    @Override
    public void ended(Trial trial, TrialRow row) {
        Measure quality = Quality.ofRows(objectives, List.of(row));
        progress.ended(
                row.outcome().counts(),
                Quality.of(row, quality),
                trial.training().epochs());
    }
}
