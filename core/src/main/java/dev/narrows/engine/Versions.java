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
