package dev.narrows.jobs.training;

import dev.narrows.data.Description;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.executor.TrialsHere;
import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The forecast of what is left, corrected by what trials really took, and by the first seconds of those that run in
 * this process.
 */
record ForecastCorrection(Backlog backlog, PlannedStudy planned, Map<String, Trial> trials) implements TrialListener {
    /** The first batches of a process are slow, and of a second there are few. */
    private static final double LEAST_SECONDS = 2;

    /** @param trials that may run */
    static ForecastCorrection of(Backlog backlog, PlannedStudy planned, List<Trial> trials) {
        return new ForecastCorrection(
                backlog,
                planned,
                trials.stream().collect(Collectors.toMap(Trial::id, Function.identity(), (one, other) -> one)));
    }

    /** The range of what is left at this moment. */
    Backlog.Remaining remaining() {
        List<Backlog.Part> parts = new ArrayList<>();
        TrialsHere.tell(
                (trialId, seconds, batches) -> part(trialId, seconds, batches).ifPresent(parts::add));
        return backlog.remaining(parts);
    }

    private Optional<Backlog.Part> part(String trialId, double seconds, long batches) {
        Trial trial = trials.get(trialId);
        Description images = trial == null ? null : planned.data().get(trial.data());
        if (trial == null || images == null || seconds < LEAST_SECONDS) {
            return Optional.empty();
        }
        int each = Math.min(trial.training().batchSize(), images.train());
        double all = (double) trial.training().epochs() * images.train() / each;
        return Optional.of(new Backlog.Part(trial, seconds, Math.min(1, batches / all)));
    }

    @Override
    public void ended(Trial trial, TrialRow row) {
        backlog.ended(
                trial,
                row.outcome() == Outcome.COMPLETED
                        ? OptionalDouble.of(row.result().totalSeconds())
                        : OptionalDouble.empty());
    }
}
