package dev.narrows.jobs;

import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;

/** Where Spark's, Hadoop's and the engine's own words go: a file, never the terminal. {@code log4j2.properties} says how. */
final class Logs {
    private static final String FILE = "narrows.log";

    private Logs() {}

    /**
     * From now on they go to {@code narrows.log} beside the results, or to a file in the folder for temporary files
     * where results lie on no disk of this machine.
     */
    static Path of(String study, ResultsFolder folder) {
        Path file = folder.local()
                .map(results -> results.resolve(FILE))
                .orElse(Path.of(System.getProperty("java.io.tmpdir"), "narrows-" + study + ".log"));
        System.setProperty(FILE, file.toString());
        Configurator.reconfigure();
        return file;
    }
}
