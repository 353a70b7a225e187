package dev.narrows.jobs.executor;

import dev.narrows.engine.Host;
import dev.narrows.jobs.blame.Death;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** The task of one trial: run it, keep its row, tell the driver. Errors of the trial are its result, not the task's. */
public final class OnExecutor extends AbstractFunction1<Iterator<Trial>, OnExecutor.Done> implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(OnExecutor.class);

    private final TrialTask task;
    private final Commit commit;
    private final @Nullable StartedMarks marks;
    private final boolean alone;
    private final double expectedSeconds;

    /**
     * The report to the driver.
     *
     * @param worker the host, as Spark calls it
     */
    public record Done(TrialResult result, String worker) implements Serializable {}

    /**
     * @param marks of running trials, needed where they share the driver's process
     * @param alone true where nothing else of the study runs meanwhile
     * @param expectedSeconds predicted seconds of the trial
     */
    public OnExecutor(
            TrialTask task, Commit commit, Optional<StartedMarks> marks, boolean alone, double expectedSeconds) {
        this.task = task;
        this.commit = commit;
        this.marks = marks.orElse(null);
        this.alone = alone;
        this.expectedSeconds = expectedSeconds;
    }

    @Override
    public Done apply(Iterator<Trial> trials) {
        Trial trial = trials.next();
        TrialsHere.begins(trial.id());
        try {
            return new Done(
                    run(trial), SparkEnv.get().blockManager().blockManagerId().host());
        } catch (TaskKilledException | UnfitException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskKilledException("cancelled while it waited for its turn");
        } catch (Exception e) {
            throw new TrialTaskException(e);
        } finally {
            TrialsHere.ends(trial.id());
        }
    }

    private TrialResult run(Trial trial) throws Exception {
        TaskWatch watch = new TaskWatch(TaskContext.get(), trial.id());
        if (watch.cancelled()) {
            throw new TaskKilledException("cancelled before it began");
        }
        prepare(trial);
        if (marks != null) {
            marks.set(trial.id(), alone);
        }
        try (AutoCloseable turn = task.turn(trial);
                HangWatch hangs = new HangWatch(trial, task, TaskDevice.here(), watch, expectedSeconds, this::hung)) {
            TrialResult result = resultOf(trial, watch);
            if (marks == null && SpoiltGpu.isToldBy(result)) {
                // Every later trial of this process would fail: all that run in it become suspects.
                LOG.error("{} has spoilt the GPU for this process: {}", trial.variant(), result.message());
                Runtime.getRuntime().halt(Death.SPOILT_GPU);
            }
            if (watch.endedEarly()) {
                throw new TaskKilledException("cancelled");
            }
            if (!hangs.returned()) {
                // Of a task that calls itself killed, Spark would start another attempt.
                throw new IllegalStateException(
                        "Cannot keep the row: the trial was given up as hanging before it came back");
            }
            commit.row(trial, result);
            return result;
        } finally {
            if (marks != null) {
                marks.clear(trial.id());
            }
        }
    }

    private void prepare(Trial trial) throws Exception {
        try {
            task.prepare(trial);
        } catch (Exception | LinkageError e) {
            throw new UnfitException(Host.name(), e);
        }
    }

    /** Keeps the row of a trial that will not come back; its slot is lost, and so is its process. */
    private void hung(Trial trial, TrialResult result) {
        try {
            commit.row(trial, result);
        } catch (IOException | RuntimeException e) {
            LOG.error("Cannot keep the row of {}, which hangs", trial.variant(), e);
        }
        if (marks != null) {
            // The driver's own process: it has other trials to end first.
            marks.clear(trial.id());
            TrialsHere.hangs(trial, result);
        } else {
            Runtime.getRuntime().halt(Death.HUNG);
        }
    }

    @SuppressWarnings(
            "InterruptedExceptionSwallowed") // An interrupted trial is a cancelled one, which the caller looks for.
    private TrialResult resultOf(Trial trial, TaskWatch watch) {
        String device = TaskDevice.here();
        long startedAt = System.currentTimeMillis();
        try {
            return task.run(trial, device, watch);
        } catch (OutOfMemoryError e) {
            return failure(trial, Outcome.OUT_OF_MEMORY, e.toString(), device, task.threads(), startedAt);
        } catch (Throwable e) {
            return failure(trial, Outcome.FAILED, e.toString(), device, task.threads(), startedAt);
        }
    }

    /** The row of a trial that left nothing but a reason. */
    static TrialResult failure(
            Trial trial, Outcome outcome, String message, String device, int threads, long startedAt) {
        Environment environment = Host.environment(device, trial.training().precision(), threads);
        double seconds = (System.currentTimeMillis() - startedAt) / 1000.0;
        return TrialResult.bare(trial.id(), outcome, message, environment, startedAt, seconds);
    }
}
