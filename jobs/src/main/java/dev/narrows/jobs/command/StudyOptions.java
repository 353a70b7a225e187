package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.SentFiles;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.StudyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a study is read and where its results lie, for every command that takes a study file. */
final class StudyOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "goes before what the file says, such as training.epochs=5; may be given many times")
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

    /** @throws BadInput with all that is wrong with it */
    Study read(Path file) {
        return StudyReader.read(file, overrides);
    }

    /** Where its results lie, as a person types it. */
    String folder(Study study) {
        return output.orElse("results/" + study.name());
    }

    /** Where results lie if somebody has said so. */
    Optional<String> output() {
        return output;
    }
}
