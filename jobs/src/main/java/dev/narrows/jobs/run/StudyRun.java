package dev.narrows.jobs.run;

import dev.narrows.data.Datasets;
import dev.narrows.engine.Host;
import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.cluster.ShippedData;
import dev.narrows.jobs.fanout.Backlog;
import dev.narrows.jobs.fanout.FanOut;
import dev.narrows.jobs.fanout.HungException;
import dev.narrows.jobs.fanout.LastDeath;
import dev.narrows.jobs.fanout.StartedMarks;
import dev.narrows.jobs.fanout.Suspects;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.folder.TablesWriter;
import dev.narrows.jobs.report.Material;
import dev.narrows.jobs.report.Report;
import dev.narrows.jobs.show.Progress;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRow;
import dev.narrows.results.WeightsFolder;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import dev.narrows.study.KeepWeights;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** One driver at one study: the steps of a run, in the order in which {@code narrows run} takes them. */
public final class StudyRun implements AutoCloseable {
    private final PlannedStudy planned;
    private final ResultsFolder folder;
    private final RunOptions options;
    private final Terminal terminal;
    private final DriverLock lock;
    private final JournalCommit commit;
    private final Map<String, Variant> variants;
    private final List<Trial> trials;
    private final Map<String, TrialRow> rows = new TreeMap<>();
    private final Map<String, TrialRow> replaced = new TreeMap<>();
    private final TablesWriter tables;
    private List<Trial> missing = List.of();
    private @Nullable Cluster cluster;
    private volatile boolean cancelled;

    private StudyRun(
            PlannedStudy planned, ResultsFolder folder, RunOptions options, Terminal terminal, DriverLock lock) {
        this.planned = planned;
        this.folder = folder;
        this.options = options;
        this.terminal = terminal;
        this.lock = lock;
        commit = new JournalCommit(folder.address(), planned.fingerprints());
        variants = planned.variantsById();
        trials = planned.trials(Host.resolve(Precision.AUTO));
        tables = new TablesWriter(folder, planned.study().name(), planned.plan());
    }

    /**
     * Takes the results folder for this study.
     *
     * @throws BadInput where it cannot be had, or the study has no data to train on
     */
    public static StudyRun claim(PlannedStudy planned, ResultsFolder folder, RunOptions options, Terminal terminal) {
        Study study = planned.study();
        if (study.data().isEmpty()) {
            throw new BadInput("%s: Cannot run study %s: it has an input to plan for, but no data to train on"
                    .formatted(study.file(), study.name()));
        }
        options.check();
        LatencyProbe.missing(study.latency().runtimes()).ifPresent(message -> {
            throw new BadInput(study.file() + ": " + message);
        });
        checkMemory(planned, options, terminal);
        DriverLock lock = folder.claim(study.name(), terminal::note);
        try {
            Logs.of(study.name(), folder.local());
            folder.keepStudy(study.resolved());
            return new StudyRun(planned, folder, options, terminal, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Says before anything runs what the executors of a cluster would be killed for. */
    private static void checkMemory(PlannedStudy planned, RunOptions options, Terminal terminal) {
        Study study = planned.study();
        SparkConf conf = Cluster.conf(study.name(), options.master(), options.slots(), study.threads());
        ExecutorMemory.of(conf, study.threads()).ifPresent(memory -> {
            ExecutorMemory.Need need = planned.memoryOfATrial(conf);
            memory.refuses(need).ifPresent(why -> {
                throw new BadInput("%s: Cannot run study %s at %s: %s"
                        .formatted(study.file(), study.name(), conf.get("spark.master"), why));
            });
            memory.advice(need).ifPresent(terminal::note);
        });
    }

    private Study study() {
        return planned.study();
    }

    /** Reads what has ended before, and so what is missing. */
    public void resume() {
        planned.warnings().forEach(terminal::note);
        folder.journal().compact();
        folder.journal()
                .rows(unreadable -> terminal.note(unreadable + "; its trials run again"))
                .forEach(row -> rows.put(row.trialId(), row));
        missing = trials.stream().filter(this::isMissing).toList();
        Suspects suspects = folder.suspects();
        LastDeath death = LastDeath.fromEnvironment();
        death.blame(folder.marks(), suspects);
        for (Trial trial : missing) {
            TrialRow row = rows.remove(trial.id());
            if (row != null) {
                replaced.put(trial.id(), row);
                // What a launcher starts again is the same attempt: it may not forget whom it suspects.
                if (death.exitCode().isEmpty()) {
                    suspects.clear(trial.id());
                }
            }
        }
        folder.keepTrials(trials.stream().map(Trial::id).toList());
        if (missing.size() < trials.size()) {
            terminal.note("%d of %d trials have ended before; %d to go"
                    .formatted(trials.size() - missing.size(), trials.size(), missing.size()));
        }
    }

    private boolean isMissing(Trial trial) {
        TrialRow row = rows.get(trial.id());
        return row == null || options.retry().contains(row.outcome());
    }

    /** Trains what is missing: Spark, one job a trial, each row in the journal the moment it ends. */
    public void train() throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        AtomicReference<@Nullable FanOut> started = new AtomicReference<>();
        try (Interrupts interrupts = new Interrupts(() -> cancel(started), this::tellHowToGoOn)) {
            train(cluster(), started);
        } catch (CancellationException e) {
            cancelled = true;
        }
        if (cancelled) {
            // A row may be kept, and its job cancelled before the driver hears of it.
            folder.journal().rows().forEach(row -> rows.put(row.trialId(), row));
        }
    }

    private void train(Cluster spark, AtomicReference<@Nullable FanOut> started) throws InterruptedException {
        if (spark.isHere()) {
            advise();
        } else {
            planned.longReading().ifPresent(terminal::note);
        }
        Optional<StartedMarks> marks = spark.isHere() ? Optional.of(folder.marks()) : Optional.empty();
        FanOut fanOut = new FanOut(
                spark.spark(),
                new EngineTask(study().threads(), shipped(spark), keeps() ? commit.results() : null),
                commit,
                folder.suspects(),
                marks,
                spark::window,
                this::kept);
        Backlog backlog = new Backlog(missing, this::predictedSeconds);
        try (LauncherMark mark = new LauncherMark();
                Progress progress = new Progress(
                        terminal, "training", missing.size(), fanOut::running, secondsLeft(backlog, spark));
                RunningFile file = new RunningFile(folder, missing, fanOut::runningTrials)) {
            started.set(fanOut);
            if (cancelled) {
                return;
            }
            Datasets.tellOfLongReading(progress::note);
            try {
                fanOut.run(backlog, (trial, result) -> {
                    lock.check();
                    backlog.ended(trial, tookSeconds(result));
                    rows.put(trial.id(), commit.rowOf(trial, result));
                    Double accuracy = result.finalValidationAccuracy();
                    progress.ended(result.outcome().counts(), accuracy == null ? Double.NaN : accuracy);
                    tables.writeNowAndThen(rows.values(), () -> {
                        writeReport(true);
                        folder.journal().compact(rows.keySet());
                    });
                });
            } catch (HungException e) {
                mark.leave();
                throw e;
            }
        }
    }

    private boolean keeps() {
        return study().keepWeights() != KeepWeights.NONE;
    }

    /** Of the weights that were kept while trials ran, leaves those that the study wants. */
    public void pruneWeights() {
        if (cancelled || !keeps() || study().keepWeights() == KeepWeights.ALL) {
            return;
        }
        WeightsFolder weights = folder.weights();
        Set<String> wanted = ParetoFront.of(summaries(), VariantSummary.criteria(study().objectives())).stream()
                .flatMap(summary -> summary.chosen().stream())
                .map(TrialRow::trialId)
                .collect(Collectors.toSet());
        weights.trialIds().stream().filter(id -> !wanted.contains(id)).forEach(weights::delete);
    }

    /** Images that the executors get from this driver. */
    private Map<String, String> shipped(Cluster spark) {
        return spark.isHere() ? Map.of() : ShippedData.send(spark.spark(), study().data());
    }

    /** What this run has kept of a trial. */
    private Optional<TrialResult> kept(Trial trial) {
        TrialRow before = replaced.get(trial.id());
        return folder.journal()
                .row(trial.id())
                .map(TrialRow::result)
                .filter(result -> before == null || before.result().startedAt() != result.startedAt());
    }

    /** Says once what is unwise about the precision of the trials on this machine. */
    private void advise() {
        missing.stream()
                .map(trial -> trial.training().precision())
                .distinct()
                .flatMap(precision -> Host.advice(precision).stream())
                .forEach(terminal::note);
    }

    private void cancel(AtomicReference<@Nullable FanOut> started) {
        cancelled = true;
        terminal.note("Cancelling: trials that run stop at their next batch");
        FanOut fanOut = started.get();
        if (fanOut != null) {
            fanOut.cancel();
        }
    }

    /** The last line of a run that was cancelled. */
    public void tellHowToGoOn() {
        terminal.note("To go on: narrows run " + study().file());
    }

    private double predictedSeconds(Trial trial) {
        Variant variant = variants.get(trial.variantId());
        return variant == null ? 0 : planned.predictedSeconds(variant.cost(), trial);
    }

    private static OptionalDouble tookSeconds(TrialResult result) {
        return result.outcome() == Outcome.COMPLETED
                ? OptionalDouble.of(result.totalSeconds())
                : OptionalDouble.empty();
    }

    private static DoubleSupplier secondsLeft(Backlog backlog, Cluster spark) {
        return () -> backlog.remainingSeconds() / spark.slots();
    }

    /** Measures the latency of what has none yet: Spark, one job with nothing beside it. */
    public void probe() {
        List<VariantSummary> wanted = wanted();
        probe(ToProbe.of(targets(wanted), wanted, study().latency()));
    }

    /**
     * Measures the latency of all that the study wants, in the place of what was measured before.
     *
     * @throws BadInput where there is nothing to measure
     */
    public void probeAgain() {
        ToProbe again = ToProbe.again(targets(wanted()));
        if (again.isEmpty()) {
            throw new BadInput(
                    study().latency().of() == LatencySpec.Which.NONE
                            ? "%s: Cannot measure latency: latency.for is none".formatted(study().file())
                            : "%s: Cannot measure the latency of the front: no trial has ended; narrows run %s trains them"
                                    .formatted(study().file(), study().file()));
        }
        probe(again);
    }

    private void probe(ToProbe probed) {
        if (cancelled || probed.isEmpty()) {
            return;
        }
        LatencyPass pass = new LatencyPass(study().name(), study().latency(), study().threads(), commit, probed);
        Cluster spark = cluster();
        try (Interrupts interrupts = new Interrupts(
                        () -> {
                            cancelled = true;
                            spark.spark().cancelAllJobs();
                        },
                        this::tellHowToGoOn);
                Progress progress = pass.progress(terminal)) {
            pass.run(spark, terminal, progress);
        } catch (CancellationException e) {
            cancelled = true;
        }
    }

    private List<LatencyProbe.Target> targets(List<VariantSummary> wanted) {
        return planned.targets(wanted.stream().map(VariantSummary::variantId).collect(Collectors.toSet()));
    }

    /** The variants that the study wants probed. */
    private List<VariantSummary> wanted() {
        List<VariantSummary> all = summaries(folder.journal().latency());
        return switch (study().latency().of()) {
            case ALL -> all;
            case FRONT ->
                ParetoFront.of(
                        all,
                        VariantSummary.criteria(study().objectives().stream()
                                .filter(objective -> !objective.measure().isLatency())
                                .toList()));
            case NONE -> List.of();
        };
    }

    /** Replaces the public tables: of every trial that the folder knows, also those that left the grid. */
    public void writeTables() {
        lock.check();
        tables.write(rows.values());
        writeReport(false);
        // So that the next start need not read them file by file.
        folder.journal().compact(rows.keySet());
    }

    private void writeReport(boolean running) {
        folder.keepReport(Report.html(new Material(
                study(),
                planned.plan(),
                trials.size(),
                ended(),
                folder.journal().latency(),
                running,
                study().file(),
                folder.toString(),
                Instant.now())));
    }

    /** What was found out about each variant that the study has now. */
    public List<VariantSummary> summaries() {
        return summaries(folder.journal().latency());
    }

    private List<VariantSummary> summaries(List<LatencyRow> latency) {
        return VariantSummary.of(planned.plan().variants(), ended(), latency);
    }

    /** The rows of the trials that the study has now. */
    public List<TrialRow> ended() {
        List<TrialRow> ended = new ArrayList<>();
        for (Trial trial : trials) {
            TrialRow row = rows.get(trial.id());
            if (row != null) {
                ended.add(row);
            }
        }
        return ended;
    }

    /** How many trials the study has, ended or not. */
    public int size() {
        return trials.size();
    }

    public boolean cancelled() {
        return cancelled;
    }

    private Cluster cluster() {
        Cluster started = cluster;
        if (started == null) {
            started = Cluster.start(
                    study().name(),
                    options.master(),
                    options.slots(),
                    study().threads(),
                    terminal::note,
                    () -> cancelled);
            cluster = started;
        }
        return started;
    }

    @Override
    public void close() {
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            lock.close();
        }
    }
}
