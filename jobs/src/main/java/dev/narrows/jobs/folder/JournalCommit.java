package dev.narrows.jobs.folder;

import dev.narrows.checkpoint.Checkpoint;
import dev.narrows.checkpoint.CheckpointsFolder;
import dev.narrows.checkpoint.UnusableCheckpointException;
import dev.narrows.cost.Cost;
import dev.narrows.cost.Memory;
import dev.narrows.engine.Host;
import dev.narrows.files.Folder;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.results.Journal;
import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRow;
import dev.narrows.study.DataSpec;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialHistory;
import dev.narrows.trial.TrialResult;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rows in the journal of a results folder, from wherever it is called.
 *
 * @param results a path that all executors reach
 * @param fingerprints of the images of each choice of data
 */
public record JournalCommit(String results, Map<DataSpec, String> fingerprints) implements Commit {

    private static final Logger LOG = LoggerFactory.getLogger(JournalCommit.class);
    private static final Map<Opened, Places> PLACES = new ConcurrentHashMap<>();

    public JournalCommit {
        fingerprints = Map.copyOf(fingerprints);
    }

    /** Keeps one row. A checkpoint of the trial has no use after that, unless it has paused. */
    @Override
    public void row(Trial trial, TrialResult result) {
        places().journal().commit(rowOf(trial, result));
        if (result.outcome() == Outcome.PAUSED) {
            return;
        }
        try {
            dropCheckpoint(trial.id());
        } catch (UncheckedIOException e) {
            LOG.warn("{}; the end of the run removes it", e.getMessage());
        }
    }

    private void dropCheckpoint(String trialId) {
        if (places().checkpoints().has(trialId)) {
            places().journal().dropRunning(trialId);
            places().checkpoints().delete(trialId);
        }
    }

    /**
     * Keeps a checkpoint, and its history in the record of the trial.
     *
     * @throws UncheckedIOException where they cannot be written; then the checkpoint before is there
     */
    public void checkpoint(Trial trial, Checkpoint checkpoint) {
        places().checkpoints().keep(checkpoint);
        running(trial, checkpoint.history());
    }

    /**
     * Keeps the history of a trial that runs in its record.
     *
     * @throws UncheckedIOException where it cannot be written
     */
    public void running(Trial trial, TrialHistory history) {
        places().journal().keepRunning(description(trial), history);
    }

    /**
     * The checkpoint of a trial; empty where it has none.
     *
     * @throws UnusableCheckpointException where it cannot be read
     */
    public Optional<Checkpoint> lastCheckpoint(String trialId) throws UnusableCheckpointException {
        return places().checkpoints().read(trialId);
    }

    /** Keeps a latency. */
    public void latency(LatencyRow row) {
        places().journal().commitLatency(row);
    }

    /**
     * The places of what is kept, looked for once in a process: a file system is asked, and objects are made, for each
     * that is opened.
     */
    private Places places() {
        return PLACES.computeIfAbsent(new Opened(results, HadoopSettings.here()), JournalCommit::open);
    }

    private record Places(Journal journal, CheckpointsFolder checkpoints) {}

    private record Opened(String results, Configuration settings) {}

    private static Places open(Opened opened) {
        Folder folder = Folder.at(opened.results(), opened.settings());
        if (folder.local().isPresent() && !folder.exists(ResultsFolder.OWNER)) {
            // A row written here would lie on a disk that no driver reads.
            throw new IllegalStateException(
                    ("Cannot keep rows in %s: the driver's folder is not there on host %s; results must lie"
                                    + " on a file system that all executors reach (a shared disk, hdfs:// or"
                                    + " s3a://): give"
                                    + " another --output")
                            .formatted(folder, Host.name()));
        }
        return new Places(
                Journal.open(opened.results(), opened.settings()),
                CheckpointsFolder.of(opened.results(), opened.settings()));
    }

    /** Row of an ended trial, as in the tables. */
    public TrialRow rowOf(Trial trial, TrialResult result) {
        return new TrialRow(description(trial), result);
    }

    private TrialDescription description(Trial trial) {
        return TrialDescription.of(trial, Cost.of(trial.network(), trial.input()))
                .withData(Objects.requireNonNull(fingerprints.get(trial.data())))
                .withMemory(
                        TrainingStep.of(trial.training()).bytes(trial.network(), trial.input()),
                        Memory.inferenceBytes(trial.network(), trial.input()));
    }
}
