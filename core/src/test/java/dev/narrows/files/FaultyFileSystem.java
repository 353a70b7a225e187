package dev.narrows.files;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A storage that fails for a while: {@code faulty:///path}. */
public final class FaultyFileSystem extends RawLocalFileSystem {
    private static final AtomicInteger FAILURES = new AtomicInteger();

    public static Configuration settings() {
        Configuration settings = new Configuration(false);
        settings.set("fs.faulty.impl", FaultyFileSystem.class.getName());
        return settings;
    }

    /** Lets so many readings fail from now on. */
    public static void failures(int count) {
        FAILURES.set(count);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        if (file.getName().endsWith(".parquet") && FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the storage does not answer");
        }
        return super.open(file, bufferSize);
    }

    @Override
    public URI getUri() {
        return URI.create("faulty:///");
    }

    @Override
    public String getScheme() {
        return "faulty";
    }
}
