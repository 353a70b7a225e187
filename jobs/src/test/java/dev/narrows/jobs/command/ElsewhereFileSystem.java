package dev.narrows.jobs.command;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system that only Hadoop's layer reaches, as HDFS and object stores are: {@code elsewhere:///path}. */
public final class ElsewhereFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
        return URI.create("elsewhere:///");
    }

    @Override
    public String getScheme() {
        return "elsewhere";
    }
}
