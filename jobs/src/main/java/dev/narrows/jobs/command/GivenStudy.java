package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.ClusterFile;
import dev.narrows.jobs.cluster.SentFiles;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.StudyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The study that a command is about, and where its results are. */
public final class GivenStudy {
    @Parameters(index = "0", paramLabel = "STUDY", description = "a study file")
    private Path file = Path.of("");

    private String readAs = "";

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

    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "Spark's properties for a cluster, such as conf/clusters/yarn-gpu.conf")
    private Optional<Path> cluster = Optional.empty();

    /** @throws BadInput with all that is wrong with it */
    public Study read() {
        cluster.ifPresent(ClusterFile::use);
        SentFiles.fetch();
        readAs = text();
        return StudyReader.read(file, overrides);
    }

    public ResultsFolder results(Study study) {
        return new ResultsFolder(output.orElse("results/" + study.name()));
    }

    /** Whether the file says something else now than when it was read. */
    boolean editedSince() {
        return !text().equals(readAs);
    }

    /** Empty where there is no such file, or none that is text: whoever reads it as a study says so. */
    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** As a person typed it. */
    Path file() {
        return file;
    }
}
