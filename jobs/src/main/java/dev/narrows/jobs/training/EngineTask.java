package dev.narrows.jobs.training;

import dev.narrows.checkpoint.CheckpointInterval;
import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.engine.Engine;
import dev.narrows.engine.TrialBudget;
import dev.narrows.engine.TrialRunner;
import dev.narrows.engine.Watch;
import dev.narrows.files.Reason;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.cluster.ImageDelivery;
import dev.narrows.jobs.cluster.ShippedData;
import dev.narrows.jobs.cluster.TaskDevice;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.host.HostLock;
import dev.narrows.results.WeightsFolder;
import dev.narrows.search.PauseRule;
import dev.narrows.study.Preparation;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkEnv;

/**
 * Trains a trial on the engine of its process, while no latency is measured on the host.
 *
 * @param threads inside one operation
 * @param deliveries of images on the driver's disk, by their source
 * @param keepsWeights true where trained weights are kept
 * @param memory to which trials are held
 * @param commit keeps checkpoints, and knows the results folder
 * @param checkpoints pause between two of a trial
 * @param pauses rule by which a trial stops early
 */
record EngineTask(
        int threads,
        Map<String, ImageDelivery> deliveries,
        boolean keepsWeights,
        ExecutorMemory memory,
        JournalCommit commit,
        CheckpointInterval checkpoints,
        PauseRule pauses)
        implements TrialTask {
    /** The task of a trial that stops by another rule. */
    EngineTask pausingBy(PauseRule rule) {
        return new EngineTask(threads, deliveries, keepsWeights, memory, commit, checkpoints, rule);
    }

    @Override
    public void prepare(Trial trial) {
        startEngine();
        requireSameImages(trial, images(trial));
        budget(TaskDevice.here());
    }

    /**
     * A row names the images that its driver saw: those of a host that has others must not get under it. An image that
     * may be left out goes into the fingerprint by its place, which is another where images were sent.
     */
    private void requireSameImages(Trial trial, Dataset images) {
        String wanted = commit.fingerprints().get(trial.data());
        boolean byContent = trial.data().preparation().corrupt() == Preparation.Corrupt.REFUSE;
        if (byContent && wanted != null && !wanted.equals(images.fingerprint())) {
            throw new IllegalStateException(
                    "its images of %s are others than the driver's (fingerprint %s instead of %s)"
                            .formatted(trial.data().source(), images.fingerprint(), wanted));
        }
    }

    private void startEngine() {
        try {
            Engine.start(threads);
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(
                    ("Cannot load the native engine: %s; give each process PyTorch's library of its"
                                    + " platform, %s-%s (docs/clusters.md)")
                            .formatted(Reason.of(e), System.getProperty("os.name"), System.getProperty("os.arch")),
                    e);
        }
    }

    /** No trial runs beside a latency probe of its host, whichever study's. */
    @Override
    public AutoCloseable turn(Trial trial) throws IOException, InterruptedException {
        return HostLock.forTrial(trial.study());
    }

    @Override
    public TrialResult run(Trial trial, String device, Watch watch) {
        try (CheckpointWriter writer = new CheckpointWriter(trial, commit, checkpoints)) {
            return new TrialRunner(Engine.start(threads), budget(device))
                    .run(trial, images(trial), device, kept(trial, new PausingWatch(watch, pauses)), writer);
        }
    }

    private TrialBudget budget(String device) {
        return memory.budget(device, SparkEnv.get().conf());
    }

    private Watch kept(Trial trial, Watch watch) {
        return keepsWeights
                ? new KeepingWatch(watch, WeightsFolder.of(commit.results(), HadoopSettings.here()), trial)
                : watch;
    }

    private Dataset images(Trial trial) {
        return Datasets.open(ShippedData.received(trial.data(), deliveries), HadoopSettings.here());
    }
}
