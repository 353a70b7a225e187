package dev.narrows.jobs.training;

import dev.narrows.engine.Watch;
import dev.narrows.results.WeightsFolder;
import dev.narrows.trial.Epoch;
import java.util.function.Supplier;

/** Keeps the weights of a trial that completed, and hands on the rest. */
record KeepingWatch(Watch watch, WeightsFolder folder, String trialId) implements Watch {
    @Override
    public boolean cancelled() {
        return watch.cancelled();
    }

    @Override
    public void epoch(Epoch epoch) {
        watch.epoch(epoch);
    }

    @Override
    public void trained(Supplier<byte[]> archive) {
        folder.keep(trialId, archive.get());
        watch.trained(archive);
    }
}
