package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import java.util.List;

/** Trains a loaded network, an epoch at a time. */
final class TrainingLoop {
    /** Asked before each step; ends the trial where it must not go on. */
    interface Guard {
        void check();
    }

    private final Module module;
    private final Batches batches;
    private final BatchMemory memory;
    private final Rates rates;
    private final WeightUpdate update;
    private final Guard guard;
    private final ReadingPace pace;

    /** @param memory that holds the largest batch */
    TrainingLoop(Module module, Batches batches, BatchMemory memory, Training training, ReadingPace pace, Guard guard) {
        this.module = module;
        this.batches = batches;
        this.memory = memory;
        this.rates = new Rates(training, batches.size());
        this.update = new WeightUpdate(module, training);
        this.pace = pace;
        this.guard = guard;
    }

    /** The rate of the last step of an epoch, counted from 1. */
    double lastRate(int epoch) {
        return rates.at(epoch * batches.size() - 1);
    }

    /**
     * Takes every step of an epoch.
     *
     * <p>A loss that was not finite ends the trial before anything that happened after its step.
     *
     * @param epoch counted from 1
     * @param time told of the steps that were taken, also where the trial ends
     */
    EpochSums pass(int epoch, TrainingTime time) {
        EpochSums sums = new EpochSums(epoch);
        time.begin();
        try (UnreadSteps unread = new UnreadSteps(module)) {
            try {
                steps(sums, unread, time);
            } catch (OutOfMemoryError | RuntimeException e) {
                readBefore(e, unread, sums);
                throw e;
            }
        } finally {
            time.end();
        }
        return sums;
    }

    private void steps(EpochSums sums, UnreadSteps unread, TrainingTime time) {
        Batches.Pass order = batches.epoch(sums.epoch());
        int before = (sums.epoch() - 1) * batches.size();
        pace.begin();
        for (int step = 0; step < batches.size(); step++) {
            guard.check();
            int count = memory.fill(order);
            double rate = rates.at(before + step);
            long called = System.nanoTime();
            step(unread, rate);
            boolean last = step == batches.size() - 1;
            if (last || pace.due(unread.count()) || update.overflowed()) {
                read(unread, sums);
                update.refuseOverflow();
            }
            time.step(count, System.nanoTime() - called);
        }
    }

    private void step(UnreadSteps unread, double rate) {
        try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
            NDArray labels = memory.labels(module, manager);
            NDList out = module.record("loss", memory.images(module, manager), labels);
            NDArray squaredNorm = update.move(manager, out.get(0), rate);
            unread.add(out, squaredNorm, labels.size());
        }
    }

    private void read(UnreadSteps unread, EpochSums sums) {
        List<StepFigures> steps = unread.read();
        for (StepFigures step : steps) {
            if (!Float.isFinite(step.loss())) {
                throw new TrialStop(
                        Outcome.DIVERGED,
                        "Cannot go on training: the loss was %s in epoch %d, step %d of %d"
                                .formatted(step.loss(), sums.epoch(), sums.steps() + 1, batches.size()));
            }
            sums.add(step);
        }
        if (!steps.isEmpty()) {
            pace.read(steps.size());
        }
    }

    /** Looks for an earlier reason in steps that have not been read when a later one was found. */
    private void readBefore(Throwable later, UnreadSteps unread, EpochSums sums) {
        try {
            read(unread, sums);
        } catch (TrialStop earlier) {
            earlier.addSuppressed(later);
            throw earlier;
        } catch (RuntimeException e) {
            // The device that failed may not answer either.
            later.addSuppressed(e);
        }
    }
}
