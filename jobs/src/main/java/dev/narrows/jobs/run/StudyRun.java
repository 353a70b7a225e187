package dev.narrows.jobs.run;

import dev.narrows.engine.Host;
import dev.narrows.jobs.blame.LastDeath;
import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.TablesWriter;
import dev.narrows.jobs.latency.LatencyPass;
import dev.narrows.jobs.output.JournalUpkeep;
import dev.narrows.jobs.output.KeptWeights;
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
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.process.Logs;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.training.TrainingPass;
import dev.narrows.study.BadInput;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.trial.Trial;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One driver of one study: the steps of a run, in the order in which {@code narrows run} takes them. */
public final class StudyRun implements AutoCloseable {
    private final RunContext context;
    private final RunOptions options;
    private final DriverLock lock;
    private final List<Trial> trials;
    private final KnownRows rows;
    private final RunResults results;
    private final List<Output> outputs;
    private final Cancellation cancellation;
    private List<Trial> missing = List.of();
    private @Nullable Cluster cluster;

    private StudyRun(RunContext context, RunOptions options, DriverLock lock) {
        this.context = context;
        this.options = options;
        this.lock = lock;
        cancellation = context.cancellation();
        trials = context.planned().trials(Host.resolve(Precision.AUTO));
        rows = new KnownRows(trials);
        results = new RunResults(context, trials, rows);
        ResultsFolder folder = context.folder();
        outputs = List.of(
                new TablesOutput(
                        new TablesWriter(
                                folder,
                                context.study().name(),
                                context.planned().plan()),
                        rows),
                new ReportOutput(folder, results),
                new JournalUpkeep(folder.journal(), rows));
    }

    /**
     * Takes the results folder for this study.
     *
     * @throws BadInput where it cannot be had, or the study cannot be run so
     */
    public static StudyRun claim(OpenedStudy opened, ResultsFolder folder, RunOptions options, Terminal terminal) {
        PlannedStudy planned = opened.planned();
        Study study = planned.study();
        ExecutorMemory memory = Admission.of(opened, options, terminal);
        DriverLock lock = folder.claim(study.name(), terminal::note);
        try {
            Logs.of(study.name(), folder.local());
            folder.keepStudy(study.resolved());
            JournalCommit commit = new JournalCommit(folder.address(), planned.fingerprints());
            return new StudyRun(
                    new RunContext(planned, folder, memory, commit, terminal, new Cancellation()), options, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Reads what has ended before, and so what is missing. */
    public void resume() {
        Terminal terminal = context.terminal();
        ResultsFolder folder = context.folder();
        folder.journal().compact();
        rows.take(folder.journal().records(unreadable -> terminal.note(unreadable + "; its trials run again")));
        missing = rows.missing(options.retry());
        Suspects suspects = folder.suspects();
        LastDeath death = LastDeath.fromEnvironment();
        death.blame(folder.marks(), suspects);
        if (death.exitCode().isEmpty()) {
            // A restart by the launcher is the same attempt and keeps its suspects.
            missing.stream().filter(trial -> rows.replaced(trial) != null).forEach(trial -> suspects.clear(trial.id()));
        }
        folder.keepTrials(trials.stream().map(Trial::id).toList());
        if (missing.size() < trials.size()) {
            terminal.note("%d of %d trials have ended before; %d to go"
                    .formatted(trials.size() - missing.size(), trials.size(), missing.size()));
        }
    }

    /** Trains what is missing. */
    public void train() throws InterruptedException {
        take(new TrainingPass(
                context, missing, rows, List.of((trial, row) -> lock.check(), rows, new NowAndThen(outputs))));
        if (cancelled()) {
            // A row may be kept, and its job cancelled before the driver hears of it.
            rows.take(context.folder().journal().records());
        }
    }

    /** Measures the latency of what has none yet. */
    public void probe() throws InterruptedException {
        take(LatencyPass.ofMissing(context, results()));
    }

    /**
     * Measures the latency of all that the study wants, in the place of what was measured before.
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
                            : "%s: Cannot measure the latency of the front: no trial has ended; narrows run %s trains them"
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

    /** The last line of a run that was cancelled. */
    public void tellHowToGoOn() {
        context.terminal()
                .note("To go on: narrows run "
                        + options.named().orElse(ShellWord.of(context.study().file()))
                        + options.typed());
    }

    private Cluster cluster() {
        Cluster started = cluster;
        if (started == null) {
            started = Cluster.start(
                    context.study().name(),
                    options.master(),
                    options.slots(),
                    context.study().threads(),
                    context.terminal()::note,
                    this::cancelled);
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
