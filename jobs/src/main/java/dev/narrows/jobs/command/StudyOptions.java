package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.SentFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a study is read and its results are found, for every command that takes one. */
final class StudyOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "goes before what the study file says, such as training.epochs=5; may be given many times")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "where results lie, also hdfs://... or s3a://... (default: results/<name of the study>)")
    private Optional<String> output = Optional.empty();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    /** Makes the study file and what it names readable; to be called before anything is read. */
    void reach() {
        cluster.use();
        SentFiles.fetch();
    }

    /** The study that a person names so, once it can be reached. */
    StudyPlace place(String given) {
        return StudyPlace.of(given, overrides, output);
    }

    /** The folder of results if somebody has said so. */
    Optional<String> output() {
        return output;
    }
}
