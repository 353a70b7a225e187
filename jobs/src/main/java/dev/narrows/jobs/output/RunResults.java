package dev.narrows.jobs.output;

import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.StudySearch;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The results of a study from the driver that runs it. */
public final class RunResults {
    private final RunContext context;
    private final KnownRows rows;
    private Optional<StudySearch> sample = Optional.empty();
    private Optional<StudySearch> search = Optional.empty();
    private List<LatencyRow> searchedBy = List.of();

    public RunResults(RunContext context, KnownRows rows) {
        this.context = context;
        this.rows = rows;
    }

    /**
     * The results at this moment.
     *
     * @param running true where trials are still to end
     */
    public StudyResults now(boolean running) {
        Study study = context.study();
        List<LatencyRow> latency = context.folder().journal().latency();
        return new StudyResults(
                study.name(),
                Optional.of(study),
                Optional.of(context.planned().plan()),
                Optional.of(rows.trialIds()),
                Map.of(),
                ended(),
                latency,
                search(latency),
                new StudyResults.ResultsSource(context.folder().toString(), study.file(), running, List.of()));
    }

    /** The rows without those of pauses after which trials go on: these have not ended. */
    private List<TrialRow> ended() {
        Set<String> goingOn = rows.goingOn();
        return rows.inOrderOfThePlan().stream()
                .filter(row -> !goingOn.contains(row.trialId()))
                .toList();
    }

    /** The search of the study, the same until a latency is measured, so that nothing is predicted twice. */
    public Optional<StudySearch> search() {
        return search(context.folder().journal().latency());
    }

    /**
     * Tells of no more than the sample of a search until {@link #measured}: a search by the latencies of some variants
     * would be another one.
     */
    public synchronized void measuring(StudySearch only) {
        sample = Optional.of(only);
    }

    /** Tells of the whole search, as the latencies are there. */
    public synchronized void measured() {
        sample = Optional.empty();
    }

    private synchronized Optional<StudySearch> search(List<LatencyRow> latency) {
        if (sample.isPresent()) {
            return sample;
        }
        if (search.isEmpty() || !latency.equals(searchedBy)) {
            searchedBy = latency;
            search = StudySearch.of(context.study(), context.planned().plan(), latency);
        }
        return search;
    }
}
