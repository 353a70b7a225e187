package dev.narrows.engine;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.checkpoint.TrialCheckpoints;
import dev.narrows.data.Dataset;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Trains one network and measures it. Any number may run at once in a process, each on a thread of its own. */
public final class TrialRunner {
    private final Engine engine;
    private final TrialBudget budget;

    /** Trains within the memory of the machine, or of the container that the process is in. */
    public TrialRunner(Engine engine) {
        this(engine, MemoryBudget.ofMachine());
    }

    public TrialRunner(Engine engine, TrialBudget budget) {
        this.engine = engine;
        this.budget = budget;
    }

    /**
     * Runs to the end, whatever that is: what goes wrong is an outcome with a message.
     *
     * @param device {@code cpu}, or {@code gpu:<address>}
     * @throws CancellationException where the watch cancelled it: then there is no result
     */
    public TrialResult run(Trial trial, Dataset data, String device, Watch watch) {
        return run(trial, data, device, watch, TrialCheckpoints.NONE);
    }

    /**
     * Runs to the end, from where an earlier attempt left a checkpoint.
     *
     * @param checkpoints of this trial, read at its start and taken between its epochs
     */
    public TrialResult run(Trial trial, Dataset data, String device, Watch watch, TrialCheckpoints checkpoints) {
        TrialClock clock = new TrialClock(trial.training());
        Measured measured = new Measured();
        try (MemoryPeak peak = MemoryPeak.start()) {
            Attempt attempt = new Attempt(
                    trial,
                    () -> engine.environment(device, trial.training().precision()),
                    checkpoints,
                    clock,
                    measured,
                    peak);
            Ending ending = onDevice(new TrialCourse(trial, data, device, watch, clock, measured, attempt), device);
            return result(trial, device, ending, measured, clock, peak);
        }
    }

    private Ending onDevice(TrialCourse course, String device) {
        if (Engine.gpuNumber(device).isEmpty()) {
            return ending(course, device);
        }
        Outcome outcome = Outcome.FAILED;
        TrialsOnGpus.here().begins();
        try {
            Ending ending = ending(course, device);
            outcome = ending.outcome();
            return ending;
        } finally {
            TrialsOnGpus.here().ends(outcome == Outcome.OUT_OF_MEMORY);
        }
    }

    /** End of a trial; the message is null where it completed. */
    private record Ending(Outcome outcome, @Nullable String message) {}

    private Ending ending(TrialCourse course, String device) {
        try (PtNDManager manager = engine.manager(device)) {
            if (manager.getDevice().isGpu()) {
                GpuThread.settle(manager.getDevice().getDeviceId());
            }
            course.run(manager, budget);
            return new Ending(Outcome.COMPLETED, null);
        } catch (CancellationException e) {
            throw e;
        } catch (TrialStop e) {
            return new Ending(e.outcome(), e.getMessage());
        } catch (OutOfMemoryError | RuntimeException e) {
            boolean outOfMemory = EngineError.isOutOfMemory(e, () -> DeviceBudget.isFull(device));
            return new Ending(outOfMemory ? Outcome.OUT_OF_MEMORY : Outcome.FAILED, EngineError.message(e));
        }
    }

    private TrialResult result(
            Trial trial, String device, Ending ending, Measured measured, TrialClock clock, MemoryPeak peak) {
        boolean completed = ending.outcome() == Outcome.COMPLETED;
        Evaluation test = completed ? measured.test() : null;
        Evaluation validation = completed ? measured.validation() : null;
        TrainingTime time = measured.time();
        return new TrialResult(
                trial.id(),
                ending.outcome(),
                ending.message(),
                measured.epochs(),
                test == null ? null : test.accuracy(),
                test == null ? null : test.top5(),
                test == null ? null : test.overlap(),
                validation == null ? null : validation.balancedAccuracy(),
                test == null ? null : test.balancedAccuracy(),
                validation == null ? null : validation.hits(),
                validation == null ? null : validation.classes(),
                validation == null ? null : validation.counts(),
                completed ? measured.narrows() : null,
                time.seconds(),
                time.imagesPerSecond(),
                measured.setupSeconds(),
                time.outsideShare(),
                time.any() ? measured.peakMemoryBytes(peak.bytes()) : null,
                engine.environment(device, trial.training().precision()),
                measured.form(),
                clock.startedAt(),
                clock.seconds(),
                measured.resumption());
    }
}
