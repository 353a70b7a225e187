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
import java.util.Map;

/**
 * Trains a trial on the engine of the process it finds itself in.
 *
 * @param threads inside one operation
 * @param shipped names of the images that the driver sent, by their source
 */
record EngineTask(int threads, Map<String, String> shipped) implements TrialTask {
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

    private Dataset images(Trial trial) {
        return Datasets.open(ShippedData.received(trial.data(), shipped), HadoopSettings.here());
    }
}
