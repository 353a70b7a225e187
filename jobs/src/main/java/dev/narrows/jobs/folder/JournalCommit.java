package dev.narrows.jobs.folder;

import dev.narrows.cost.Cost;
import dev.narrows.cost.Memory;
import dev.narrows.engine.Host;
import dev.narrows.files.Folder;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.program.ElementType;
import dev.narrows.results.Journal;
import dev.narrows.results.TrialRow;
import dev.narrows.study.DataSpec;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Keeps rows in the journal of a results folder, from wherever it is called.
 *
 * @param results a path that all executors reach
 * @param fingerprints of the images of each choice of data
 */
public record JournalCommit(String results, Map<DataSpec, String> fingerprints) implements Commit {

    private static final Map<Opened, Journal> JOURNALS = new ConcurrentHashMap<>();

    public JournalCommit {
        fingerprints = Map.copyOf(fingerprints);
    }

    @Override
    public void row(Trial trial, TrialResult result) {
        journal().commit(rowOf(trial, result));
    }

    /** Keeps a latency. */
    public void latency(LatencyRow row) {
        journal().commitLatency(row);
    }

    /**
     * The journal, looked for once in a process: a file system is asked, and objects are made, for each that is opened.
     */
    private Journal journal() {
        return JOURNALS.computeIfAbsent(new Opened(results, HadoopSettings.here()), JournalCommit::open);
    }

    private record Opened(String results, Configuration settings) {}

    private static Journal open(Opened opened) {
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
        return Journal.open(opened.results(), opened.settings());
    }

    /** Row of an ended trial, as in the tables. */
    public TrialRow rowOf(Trial trial, TrialResult result) {
        return TrialRow.of(trial, Cost.of(trial.network(), trial.input()), result)
                .withData(Objects.requireNonNull(fingerprints.get(trial.data())))
                .withMemory(
                        TrainingStep.of(trial.training()).bytes(trial.network(), trial.input()),
                        Memory.inferenceBytes(trial.network(), trial.input(), 1, ElementType.FP32));
    }
}
