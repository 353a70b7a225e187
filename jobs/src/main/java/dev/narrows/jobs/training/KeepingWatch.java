package dev.narrows.jobs.training;

import dev.narrows.engine.Watch;
import dev.narrows.results.WeightsFolder;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Trial;
import java.util.function.Supplier;

/** Keeps the weights of a trial that completed, where that is possible, and hands on the rest. */
record KeepingWatch(Watch watch, WeightsFolder folder, Trial trial) implements Watch {
    @Override
    public boolean cancelled() {
        return watch.cancelled();
    }

    @Override
    public void epoch(Epoch epoch) {
        watch.epoch(epoch);
    }

    @Override
    public boolean pauses(Epoch epoch) {
        return watch.pauses(epoch);
    }

    @Override
    public void trained(Supplier<byte[]> archive) {
        try {
            folder.keep(trial.id(), archive.get());
        } catch (OutOfMemoryError | RuntimeException e) {
            StorageTrouble.tell("weights", trial, e);
        }
        watch.trained(archive);
    }
}
