package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.ClusterFile;
import dev.narrows.jobs.show.ShellWord;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The cluster that a command computes on, or whose file systems it reads. */
public final class ClusterOption {
    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "properties of Spark and of file systems, such as conf/clusters/yarn-gpu.conf")
    private Optional<Path> file = Optional.empty();

    /** Sets the properties; to be called before anything is read. */
    public void use() {
        file.ifPresent(ClusterFile::use);
    }

    /** The option as a person typed it, after a space, for a shell; empty where it was not given. */
    String typed() {
        return file.map(path -> " --cluster " + ShellWord.of(path.toString())).orElse("");
    }
}
