package dev.narrows.jobs;

import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.engine.Engine;
import dev.narrows.engine.TrialRunner;
import dev.narrows.engine.Watch;
import dev.narrows.jobs.fanout.HadoopSettings;
import dev.narrows.jobs.fanout.TrialTask;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;

/**
 * Trains a trial on the engine of the process it finds itself in.
 *
 * @param threads inside one operation
 */
record EngineTask(int threads) implements TrialTask {
    @Override
    public void prepare(Trial trial) {
        Engine.start(threads);
        images(trial);
        SlotMemory.here();
    }

    @Override
    public TrialResult run(Trial trial, String device, Watch watch) {
        return new TrialRunner(Engine.start(threads), SlotMemory.here()).run(trial, images(trial), device, watch);
    }

    private static Dataset images(Trial trial) {
        return Datasets.open(trial.data(), HadoopSettings.here());
    }
}
