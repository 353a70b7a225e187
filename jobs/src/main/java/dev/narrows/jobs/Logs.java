package dev.narrows.jobs;

import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;

/** Where Spark's, Hadoop's and the engine's own words go: a file, never the terminal. {@code log4j2.properties} says how. */
final class Logs {
    private static final String FILE = "narrows.log";

    private Logs() {}

    /** From now on they go to {@code narrows.log} in a folder. */
    static Path into(Path folder) {
        Path file = folder.resolve(FILE);
        System.setProperty(FILE, file.toString());
        Configurator.reconfigure();
        return file;
    }
}
