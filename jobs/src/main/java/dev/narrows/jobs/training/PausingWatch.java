package dev.narrows.jobs.training;

import dev.narrows.engine.Watch;
import dev.narrows.search.PauseRule;
import dev.narrows.trial.Epoch;
import java.util.function.Supplier;

/** A watch over a trial that a search may stop between two epochs. */
record PausingWatch(Watch watch, PauseRule rule) implements Watch {
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
        return rule.pauses(epoch.epoch(), epoch.trainLoss());
    }

    @Override
    public void trained(Supplier<byte[]> archive) {
        watch.trained(archive);
    }
}
