package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.SentFiles;
import dev.narrows.jobs.show.ShellWord;
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
            description = "overrides the study file, such as training.epochs=5; may be repeated")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "results folder, also hdfs://... or s3a://... (default: results/<name of the study>)")
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

    /** True if an option changes the study or its folder. */
    boolean areGiven() {
        return !overrides.isEmpty() || output.isPresent();
    }

    /** Overrides of the study file, each {@code key=value}. */
    List<String> overrides() {
        return List.copyOf(overrides);
    }

    /** The results folder that the options name. */
    Optional<String> output() {
        return output;
    }

    /** The options as a person typed them, each after a space, for a shell. */
    String typed() {
        StringBuilder typed = new StringBuilder();
        overrides.forEach(override -> typed.append(" --set ").append(ShellWord.of(override)));
        output.ifPresent(folder -> typed.append(" --output ").append(ShellWord.of(folder)));
        return typed + cluster.typed();
    }
}
