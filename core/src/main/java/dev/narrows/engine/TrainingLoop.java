package dev.narrows.engine;

import ai.djl.pytorch.jni.IValue;
import dev.narrows.checkpoint.StepClock;
import dev.narrows.data.Batches;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Trains a loaded network, an epoch at a time. */
final class TrainingLoop implements AutoCloseable {
    /** Asked before each step; ends the trial where it must not go on. */
    interface Guard {
        void check();
    }

    private final ImageFeed feed;
    private final Batches batches;
    private final Rates rates;
    private final Learner learner;
    private final long countedPerImage;
    private final Guard guard;
    private final ReadingPace pace;
    private int moves;

    /**
     * @param feed of the training batches
     * @param countedPerImage 1, or the positions that an image has scores for
     * @param ignoring true where masks may have positions of no class
     * @param recorded true where a GPU may record the step
     * @param from the counters that the next step finds
     */
    TrainingLoop(
            Module module,
            ImageFeed feed,
            Training training,
            long countedPerImage,
            boolean ignoring,
            boolean recorded,
            ReadingPace pace,
            Guard guard,
            StepClock from) {
        this.feed = feed;
        this.batches = feed.batches();
        this.rates = new Rates(training, batches.size());
        double[] all = new double[training.epochs() * batches.size()];
        Arrays.setAll(all, rates::at);
        this.learner = new Learner(
                module, training.optimizer(), training.precision(), all, batches.count(0), ignoring, recorded, from);
        this.moves = from.effective();
        this.countedPerImage = countedPerImage;
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
        List<Long> unread = new ArrayList<>();
        try {
            steps(sums, unread, time);
        } catch (OutOfMemoryError | RuntimeException e) {
            readBefore(e, unread, sums);
            throw e;
        } finally {
            time.end();
        }
        return sums;
    }

    private void steps(EpochSums sums, List<Long> unread, TrainingTime time) {
        pace.begin();
        try (ImageFeed.Pass parts = feed.epoch(sums.epoch())) {
            while (parts.next()) {
                try (IValue images = parts.list()) {
                    learner.rewind();
                    for (int batch = parts.first(); batch < parts.end(); batch++) {
                        guard.check();
                        int count = batches.count(batch);
                        long called = System.nanoTime();
                        learner.step(images, count);
                        unread.add(count * countedPerImage);
                        if (batch == batches.size() - 1 || pace.due(unread.size())) {
                            read(unread, sums);
                        }
                        time.step(count, System.nanoTime() - called);
                    }
                }
            }
        }
    }

    private void read(List<Long> unread, EpochSums sums) {
        long first = (sums.epoch() - 1L) * batches.size() + sums.steps();
        List<StepFigures> steps = learner.read(first, unread);
        unread.clear();
        for (StepFigures step : steps) {
            if (!Float.isFinite(step.loss())) {
                throw new TrialStop(
                        Outcome.DIVERGED,
                        "Cannot go on training: the loss was %s in epoch %d, step %d of %d"
                                .formatted(step.loss(), sums.epoch(), sums.steps() + 1, batches.size()));
            }
            if (step.exhausted()) {
                throw new TrialStop(
                        Outcome.DIVERGED,
                        ("Cannot go on training: gradients overflow in fp16 whatever the loss is divided"
                                        + " by, after %d steps that did not")
                                .formatted(moves));
            }
            moves += step.overflowed() ? 0 : 1;
            sums.add(step);
        }
        if (!steps.isEmpty()) {
            pace.read(steps.size());
        }
    }

    /** Looks for an earlier reason in steps that have not been read when a later one was found. */
    private void readBefore(Throwable later, List<Long> unread, EpochSums sums) {
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

    /** The counters between two epochs. */
    StepClock clock() {
        return learner.clock(moves);
    }

    @Override
    public void close() {
        learner.close();
    }
}
