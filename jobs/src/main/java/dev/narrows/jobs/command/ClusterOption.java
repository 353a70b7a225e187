package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.ClusterFile;
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

    /** To be called before anything is read. */
    public void use() {
        file.ifPresent(ClusterFile::use);
    }
}
