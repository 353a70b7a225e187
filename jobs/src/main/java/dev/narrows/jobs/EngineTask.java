package dev.narrows.jobs;

import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.engine.Engine;
import dev.narrows.engine.TrialRunner;
import dev.narrows.engine.Watch;
import dev.narrows.jobs.fanout.HadoopSettings;
import dev.narrows.jobs.fanout.HostLock;
import dev.narrows.jobs.fanout.TrialTask;
import dev.narrows.results.WeightsFolder;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a trial on the engine of the process it finds itself in, while no latency is measured on its host.
 *
 * @param threads inside one operation
 * @param shipped names of the images that the driver sent, by their source
 * @param results the folder in which trained weights are kept; null where none are
 */
record EngineTask(
        int threads, Map<String, String> shipped, @Nullable String results) implements TrialTask {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTask.class);

    @Override
    public void prepare(Trial trial) {
        Engine.start(threads);
        images(trial);
        SlotMemory.here();
    }

    @Override
    public TrialResult run(Trial trial, String device, Watch watch) throws IOException {
        try (HostLock host = HostLock.forTrial(trial.study())) {
            LOG.debug("{} runs under {}", trial.variant(), host);
            return new TrialRunner(Engine.start(threads), SlotMemory.here())
                    .run(trial, images(trial), device, kept(trial, watch));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled while it waited for a latency probe on its host");
        }
    }

    private Watch kept(Trial trial, Watch watch) {
        return results == null
                ? watch
                : new KeepingWatch(watch, WeightsFolder.of(results, HadoopSettings.here()), trial.id());
    }

    private Dataset images(Trial trial) {
        return Datasets.open(ShippedData.received(trial.data(), shipped), HadoopSettings.here());
    }
}
