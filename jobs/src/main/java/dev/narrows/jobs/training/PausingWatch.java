package dev.narrows.jobs.training;

import dev.narrows.engine.Watch;
import dev.narrows.search.PauseRule;
import dev.narrows.trial.Epoch;

/** A watch over a trial that a search may stop between two epochs. */
record PausingWatch(Watch watch, PauseRule rule) implements WatchAround {
    @Override
    public boolean pauses(Epoch epoch) {
        return rule.pauses(epoch.epoch(), epoch.trainLoss());
    }
}
