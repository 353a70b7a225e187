package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.StudyResults;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The results of a study from the driver that runs it. */
public record RunResults(RunContext context, KnownRows rows) {
    /**
     * The results at this moment.
     *
     * @param running true where trials are still to end
     */
    public StudyResults now(boolean running) {
        Study study = context.study();
        return new StudyResults(
                study.name(),
                Optional.of(study),
                Optional.of(context.planned().plan()),
                Optional.of(rows.trialIds()),
                Map.of(),
                rows.inOrderOfThePlan(),
                context.folder().journal().latency(),
                new StudyResults.ResultsSource(context.folder().toString(), study.file(), running, List.of()));
    }
}
