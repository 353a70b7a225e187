package dev.narrows.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of what computed a row, as the build wrote them down. */
public final class Versions {
    private static final Properties BUILD = read();

    private Versions() {}

    /** Of Narrows itself. */
    public static String narrows() {
        return BUILD.getProperty("narrows");
    }

    /** The commit it was built from, or {@code unknown} where it was built outside a checkout. */
    public static String commit() {
        String commit = BUILD.getProperty("commit", "");
        // Nothing fills the placeholder where there is no commit to be named.
        return commit.isEmpty() || commit.startsWith("${") ? "unknown" : commit;
    }

    static String withEngine(String pytorch) {
        return "narrows=%s;commit=%s;djl=%s;pytorch=%s;java=%s"
                .formatted(narrows(), commit(), ai.djl.engine.Engine.getDjlVersion(), pytorch, Runtime.version());
    }

    static String withoutEngine() {
        return "narrows=%s;commit=%s;java=%s".formatted(narrows(), commit(), Runtime.version());
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("/dev/narrows/versions.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
