package dev.narrows.jobs.training;

import dev.narrows.data.Datasets;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ImageDelivery;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.jobs.executor.TrialsHere;
import dev.narrows.jobs.fanout.FanOut;
import dev.narrows.jobs.fanout.HungException;
import dev.narrows.jobs.fanout.Openings;
import dev.narrows.jobs.fanout.SparkJobs;
import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.pass.Cancellation;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.jobs.pass.RunPass;
import dev.narrows.jobs.pass.TrialListener;
import dev.narrows.jobs.process.LauncherMark;
import dev.narrows.jobs.show.EpochCount;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Progress;
import dev.narrows.results.TrialRow;
import dev.narrows.search.PauseRule;
import dev.narrows.study.KeepWeights;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The first pass: one Spark job per trial, each row in the journal when the trial ends. */
public final class TrainingPass implements RunPass {
    private final RunContext context;
    private final List<Trial> missing;
    private final KnownRows rows;
    private final Optional<SearchedTrials> search;
    private final List<TrialListener> listeners;

    /**
     * @param missing trials of the study without a row
     * @param search that opens further ones; empty where results open none
     * @param listeners of trials that end, in the order in which they are told
     */
    public TrainingPass(
            RunContext context,
            List<Trial> missing,
            Optional<SearchedTrials> search,
            KnownRows rows,
            List<TrialListener> listeners) {
        this.context = context;
        this.missing = missing;
        this.search = search;
        this.rows = rows;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public boolean isNeeded() {
        return !missing.isEmpty();
    }

    @Override
    public String cancelling() {
        return "Cancelling: running trials stop at their next batch";
    }

    @Override
    public void run(Cluster cluster) throws InterruptedException {
        prepareUser(cluster);
        FanOut fanOut = new FanOut(
                new SparkJobs(cluster.spark(), tasks(cluster), context.commit(), marks(cluster), cluster::training),
                context.commit(),
                context.folder().suspects(),
                cluster::window,
                this::kept);
        Backlog backlog = new Backlog(missing, context.planned().secondsByTrial());
        ForecastCorrection forecast = ForecastCorrection.of(backlog, context.planned(), all());
        try (Cancellation.UnderWay stoppable = context.cancellation().stopsBy(fanOut::cancel);
                LauncherMark mark = new LauncherMark();
                Progress progress = new Progress(
                        context.terminal(),
                        "training",
                        missing.size(),
                        fanOut::running,
                        () -> backlog.remainingSeconds() / cluster.slots(),
                        new EpochCount(epochs(missing), TrialsHere::epochs),
                        () -> left(forecast.remaining(), cluster.slots()));
                RunningFile file = new RunningFile(context.folder(), all(), fanOut::runningTrials)) {
            Datasets.tellOfLongReading(progress::note);
            StorageTrouble.to(progress::note);
            List<TrialListener> all = new ArrayList<>(listeners);
            all.add(forecast);
            all.add(new TrainingProgress(progress, context.study().objectives()));
            all.add(new RestartNews(progress));
            try {
                fanOut.run(backlog, openings(progress), (trial, result) -> tell(all, trial, result));
            } catch (HungException e) {
                mark.leave();
                throw e;
            }
        }
    }

    private Openings openings(Progress progress) {
        return search.<Openings>map(trials -> new SearchOpenings(trials, progress))
                .orElse(Openings.NONE);
    }

    /** The trials that a search opens, which the progress then counts. */
    private record SearchOpenings(SearchedTrials search, Progress progress) implements Openings {
        @Override
        public List<Trial> open() {
            List<Trial> opened = search.open();
            progress.grow(opened.size(), epochs(opened));
            return opened;
        }

        @Override
        public boolean isPending() {
            return search.isPending();
        }
    }

    private static long epochs(List<Trial> trials) {
        return trials.stream().mapToLong(trial -> trial.training().epochs()).sum();
    }

    /** The trials that may run in this pass. */
    private List<Trial> all() {
        return Stream.concat(rows.planned().stream(), missing.stream()).toList();
    }

    private static String left(Backlog.Remaining seconds, int slots) {
        return Numbers.duration(seconds.low() / slots, seconds.high() / slots);
    }

    private void tell(List<TrialListener> all, Trial trial, TrialResult result) {
        TrialRow row = context.commit().rowOf(trial, result);
        all.forEach(listener -> listener.ended(trial, row));
    }

    /** Says once what takes long where the trials run. */
    private void prepareUser(Cluster cluster) {
        if (!cluster.isHere()) {
            context.planned().longReading().ifPresent(context.terminal()::note);
        }
    }

    private Function<Trial, TrialTask> tasks(Cluster cluster) {
        EngineTask task = task(cluster);
        return trial ->
                task.pausingBy(search.map(searched -> searched.pauseRule(trial)).orElse(PauseRule.NONE));
    }

    private EngineTask task(Cluster cluster) {
        Map<String, ImageDelivery> deliveries =
                cluster.isHere() ? Map.of() : cluster.deliver(context.study().data());
        boolean keeps = context.study().keepWeights() != KeepWeights.NONE;
        return new EngineTask(
                context.study().threads(),
                deliveries,
                keeps,
                context.memory(),
                context.commit(),
                context.checkpoints(),
                PauseRule.NONE);
    }

    /** Marks for trials that share the driver's process; empty where they do not. */
    private Optional<StartedMarks> marks(Cluster cluster) {
        return cluster.isHere() ? Optional.of(context.folder().marks()) : Optional.empty();
    }

    /** The result of a trial whose row this run has kept. */
    private Optional<TrialResult> kept(Trial trial) {
        TrialRow before = rows.replaced(trial);
        return context.folder()
                .journal()
                .row(trial.id())
                .map(TrialRow::result)
                .filter(result -> before == null || before.result().startedAt() != result.startedAt());
    }
}
