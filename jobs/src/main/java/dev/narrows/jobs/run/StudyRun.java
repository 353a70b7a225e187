package dev.narrows.jobs.run;

import dev.narrows.jobs.blame.LastDeath;
import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.cluster.HostSplit;
import dev.narrows.jobs.cluster.StudyDevices;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.TablesWriter;
import dev.narrows.jobs.latency.LatencyPass;
import dev.narrows.jobs.output.DerivedOutput;
import dev.narrows.jobs.output.JournalUpkeep;
import dev.narrows.jobs.output.KeptWeights;
import dev.narrows.jobs.output.LeftoverCheckpoints;
import dev.narrows.jobs.output.NowAndThen;
import dev.narrows.jobs.output.Output;
import dev.narrows.jobs.output.ReportOutput;
import dev.narrows.jobs.output.RunResults;
import dev.narrows.jobs.output.TablesOutput;
import dev.narrows.jobs.pass.Cancellation;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.jobs.pass.RunPass;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.preflight.Preflight;
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.process.LauncherMark;
import dev.narrows.jobs.process.Logs;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.training.SearchSource;
import dev.narrows.jobs.training.SearchedTrials;
import dev.narrows.jobs.training.TrainingPass;
import dev.narrows.results.TrialRecords;
import dev.narrows.study.BadInput;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.Settling;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.StudySearch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** One driver of one study: the steps of a run, in the order in which {@code narrows run} takes them. */
public final class StudyRun implements AutoCloseable {
    private final RunContext context;
    private final RunOptions options;
    private final ComputePlace place;
    private final DriverLock lock;
    private final KnownRows rows;
    private final RunResults results;
    private final List<Output> outputs;
    private final Cancellation cancellation;
    private List<Trial> missing = List.of();
    private @Nullable Cluster cluster;

    private StudyRun(
            RunContext context, RunOptions options, ComputePlace place, DriverLock lock, @Nullable Cluster cluster) {
        this.context = context;
        this.options = options;
        this.place = place;
        this.lock = lock;
        this.cluster = cluster;
        cancellation = context.cancellation();
        rows = new KnownRows(
                context.planned().trials(), context.study().search().isPresent());
        results = new RunResults(context, rows);
        ResultsFolder folder = context.folder();
        outputs = List.of(
                new TablesOutput(
                        new TablesWriter(
                                folder,
                                context.study().name(),
                                context.planned().plan()),
                        rows),
                new DerivedOutput(folder, results),
                new ReportOutput(folder, results),
                new JournalUpkeep(folder.journal(), rows));
    }

    /**
     * Takes the results folder for this study. Where the ids of its trials depend on GPUs of executors, it starts them
     * and asks.
     *
     * @throws BadInput where it cannot be had, or the study cannot be run so
     */
    public static StudyRun claim(OpenedStudy given, ResultsFolder folder, RunOptions options, Terminal terminal) {
        Study study = given.planned().study();
        ComputePlace asked = options.place(terminal::note);
        OpenedStudy opened = given.on(StudyDevices.of(asked.gpus(), Admission.conf(study, asked)));
        ComputePlace place = opened.planned().fitted(asked);
        SparkConf conf = Admission.conf(study, place);
        PlannedStudy planned = opened.planned();
        ExecutorMemory memory = Admission.of(opened, conf, options.trains(), terminal);
        DriverLock lock = folder.claim(study.name(), terminal::note);
        Cluster cluster = null;
        try {
            Logs.of(study.name(), folder.local());
            folder.keepStudy(study.resolved());
            JournalCommit commit = new JournalCommit(folder.address(), planned.fingerprints());
            Cancellation cancellation = new Cancellation();
            if (planned.needsDevice()) {
                try (Interrupts interrupts = new Interrupts(cancellation::ask, () -> {})) {
                    cluster = start(study, place, terminal, cancellation);
                    planned = planned.on(StudyDevices.ofExecutors(cluster.spark()));
                    Preflight.ofDevice(planned, conf).forEach(finding -> terminal.note(finding.line()));
                } catch (CancellationException e) {
                    if (!cancellation.isAsked()) {
                        throw e;
                    }
                }
            }
            RunContext context =
                    new RunContext(planned, folder, memory, commit, options.checkpoints(), terminal, cancellation);
            return new StudyRun(context, options, place, lock, cluster);
        } catch (RuntimeException e) {
            if (cluster != null) {
                cluster.close();
            }
            lock.close();
            throw e;
        }
    }

    private static Cluster start(Study study, ComputePlace place, Terminal terminal, Cancellation cancellation) {
        GpuOptions.unused(place).ifPresent(terminal::note);
        return Cluster.start(study.name(), place, study.threads(), terminal::note, cancellation::isAsked);
    }

    /** Reads what has ended before, and so what is missing. */
    public void resume() {
        Terminal terminal = context.terminal();
        ResultsFolder folder = context.folder();
        lock.check();
        folder.journal().compact();
        TrialRecords records =
                folder.journal().records(unreadable -> terminal.note(unreadable + "; its trials run again"));
        rows.add(AddedTrials.of(context.planned(), records));
        rows.take(records);
        missing = rows.missing(options.retry());
        Suspects suspects = folder.suspects();
        LastDeath death = LastDeath.fromEnvironment();
        death.blame(folder.marks(), suspects);
        if (death.exitCode().isEmpty()) {
            // A restart by the launcher is the same attempt and keeps its suspects.
            missing.stream().filter(trial -> rows.replaced(trial) != null).forEach(trial -> suspects.clear(trial.id()));
        }
        folder.keepTrials(rows.trialIds(), rows.goingOn());
        int all = rows.trials().size();
        int ended = (int) rows.ofTheStudy().stream()
                .filter(row -> row.outcome() != Outcome.PAUSED)
                .count();
        if (ended > 0) {
            terminal.note(
                    context.study().search().isPresent()
                            ? "%s have ended before; the search goes on from them"
                                    .formatted(Numbers.counted(ended, "trial"))
                            : "%d of %d trials have ended before; %d to go".formatted(ended, all, missing.size()));
        }
        Set<String> checkpoints = dropCheckpoints();
        long begun = missing.stream()
                .filter(trial -> checkpoints.contains(trial.id()))
                .count();
        if (begun > 0) {
            terminal.note(
                    begun == 1
                            ? "1 trial goes on from its checkpoint"
                            : "%d trials go on from their checkpoints".formatted(begun));
        }
    }

    /**
     * Adds seeds to the study, which belong to it from then on. {@link #train} trains them next.
     *
     * @return the number of trials that are to be trained for them
     */
    public int add(List<Settling.FurtherSeed> seeds) {
        lock.check();
        new AddedTrials(context).keep(seeds, rows);
        context.folder().keepTrials(rows.trialIds(), rows.goingOn());
        missing = rows.missing(Set.of());
        return missing.size();
    }

    /** Number of trials that run at once where this run trains. */
    public int slots() throws InterruptedException {
        return cluster().slots();
    }

    /**
     * Trains what is missing, and what a search opens. A search by latency measures all variants before, or, on a
     * cluster of several hosts, beside its sample.
     */
    public void train() throws InterruptedException {
        Optional<LatencyBeside> beside = StudySearch.measuresFirst(context.study()) ? measureFirst() : Optional.empty();
        Optional<SearchedTrials> search = cancelled() ? Optional.empty() : search(beside);
        if (search.isPresent()) {
            search.get().open();
            missing = rows.missing(Set.of());
        }
        TrainingPass training = new TrainingPass(
                context, missing, search, rows, List.of((trial, row) -> lock.check(), rows, new NowAndThen(outputs)));
        take(beside.map(latency -> latency.with(training)).orElse(training));
        if (cancelled()) {
            // A row may be kept, and its job cancelled before the driver hears of it.
            rows.take(context.folder().journal().records());
        }
        dropCheckpoints();
    }

    /** Measures what a search needs; where a host can do so while others train, that is left to the training. */
    private Optional<LatencyBeside> measureFirst() throws InterruptedException {
        LatencyPass latency = LatencyPass.ofMissing(context, results());
        Optional<HostSplit> split = split(latency);
        split.ifPresent(hosts -> latency.prefer(hosts.measuring()));
        Optional<LatencyBeside> beside =
                split.flatMap(hosts -> LatencyBeside.of(context, results, rows, latency, hosts));
        if (beside.isEmpty()) {
            take(latency);
        }
        return beside;
    }

    private Optional<HostSplit> split(LatencyPass latency) {
        if (cancelled() || !latency.isNeeded()) {
            return Optional.empty();
        }
        try (Interrupts interrupts = new Interrupts(() -> cancel(latency), this::tellHowToGoOn)) {
            return cluster().split(latency.host());
        } catch (CancellationException e) {
            if (!cancelled()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<SearchedTrials> search(Optional<LatencyBeside> beside) {
        if (context.study().search().isEmpty()) {
            return Optional.empty();
        }
        SearchSource source;
        if (beside.isPresent()) {
            source = beside.get();
        } else {
            StudySearch search = LatencyBeside.measured(context, results);
            source = () -> search;
        }
        return Optional.of(new SearchedTrials(
                source, context.planned().candidates(), rows, context.folder(), context.terminal()::note));
    }

    /**
     * Removes the checkpoints of trials that have ended or left the study, and names the trials of the others. A trial
     * that has paused keeps its own also outside the plan: it is half a training.
     */
    private Set<String> dropCheckpoints() {
        Set<String> open = new HashSet<>(rows.trialIds());
        rows.planned().forEach(trial -> open.add(trial.id()));
        open.removeAll(rows.ids());
        open.addAll(rows.pausedIds());
        return new LeftoverCheckpoints(context.folder().checkpoints()).drop(open);
    }

    /** Measures the latency of what has none yet. */
    public void probe() throws InterruptedException {
        take(LatencyPass.ofMissing(context, results()));
    }

    /**
     * Measures the latency of all networks that the study probes, in the place of what was measured before.
     *
     * @throws BadInput where there is nothing to measure
     */
    public void probeAgain() throws InterruptedException {
        Study study = context.study();
        RunPass pass = LatencyPass.ofAll(context, results());
        if (!pass.isNeeded()) {
            throw new BadInput(
                    study.latency().of() == LatencySpec.Which.NONE
                            ? "%s: Cannot measure latency: latency.for is none".formatted(study.file())
                            : ("%s: Cannot measure the latency of the front: no trial has ended; narrows run"
                                            + " %s trains them")
                                    .formatted(study.file(), study.file()));
        }
        take(pass);
    }

    /** Runs a pass. One that fails still leaves tables and a report of all that has ended. */
    private void take(RunPass pass) throws InterruptedException {
        if (cancelled() || !pass.isNeeded()) {
            return;
        }
        try (Interrupts interrupts = new Interrupts(() -> cancel(pass), this::tellHowToGoOn)) {
            Cluster spark = cluster();
            try {
                pass.run(spark);
            } catch (BadInput e) {
                throw e;
            } catch (RuntimeException | InterruptedException e) {
                writeTablesAfter(e);
                throw e;
            }
        } catch (CancellationException e) {
            if (!cancelled()) {
                throw e;
            }
        }
    }

    private void cancel(RunPass pass) {
        context.terminal().note(pass.cancelling());
        cancellation.ask();
    }

    private void writeTablesAfter(Exception failure) {
        try {
            writeTables();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Replaces the public tables and the report. */
    public void writeTables() {
        lock.check();
        outputs.forEach(output -> output.write(false));
    }

    /** Deletes kept weights that the study does not want. */
    public void pruneWeights() {
        if (!cancelled()) {
            new KeptWeights(context.folder().weights()).prune(context.study(), results());
        }
    }

    /** The results as they are now. */
    public StudyResults results() {
        return results.now(false);
    }

    public boolean cancelled() {
        return cancellation.isAsked();
    }

    /** The last lines of a run that was cancelled: the command that goes on, alone on its line, to be pasted. */
    public void tellHowToGoOn() {
        context.terminal().note("To go on:");
        context.terminal()
                .note("  %s %s"
                        .formatted(
                                ShellWord.of(LauncherMark.command()),
                                options.continuation(context.study().file())));
    }

    /** The command that tries trials of these outcomes again, without the program's name, for a shell. */
    public String retrying(Set<Outcome> outcomes) {
        return options.retrying(context.study().file(), outcomes);
    }

    private Cluster cluster() {
        Cluster started = cluster;
        if (started == null) {
            started = start(context.study(), place, context.terminal(), cancellation);
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
