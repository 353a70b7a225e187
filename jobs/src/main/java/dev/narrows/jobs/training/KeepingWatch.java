package dev.narrows.jobs.training;

import dev.narrows.engine.Watch;
import dev.narrows.results.WeightsFolder;
import dev.narrows.trial.Trial;
import java.util.function.Supplier;

/** Keeps the weights of a trial that completed, where that is possible, and hands on the rest. */
record KeepingWatch(Watch watch, WeightsFolder folder, Trial trial) implements WatchAround {
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
