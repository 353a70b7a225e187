package dev.narrows.files;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system that only Hadoop's layer reaches: {@code other:///path}. */
public final class OtherFileSystem extends RawLocalFileSystem {
    public static Configuration settings() {
        Configuration settings = new Configuration(false);
        settings.set("fs.other.impl", OtherFileSystem.class.getName());
        return settings;
    }

    @Override
    public URI getUri() {
        return URI.create("other:///");
    }

    @Override
    public String getScheme() {
        return "other";
    }
}
