package dev.narrows.jobs.process;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkContext$;

/**
 * The log file of Spark, Hadoop and the engine, by {@code log4j2.properties}: their output never goes to the terminal.
 */
public final class Logs {
    private static final String FILE = "narrows.log";
    private static final String OURS = "log4j2.properties";

    private Logs() {}

    /** Discards log output until the results folder is known. */
    public static void aside() {
        SparkContext$.MODULE$.log();
        if (isSparksDefault()) {
            Configurator.reconfigure(ours());
        }
    }

    /**
     * Sends log output to {@code narrows.log} beside the results, or to a file in the folder for temporary files
     * where results lie on no disk of this machine; unless a cluster or its user has ordered otherwise.
     *
     * @param local the results folder, where it is on a disk of this machine
     */
    public static Path of(String study, Optional<Path> local) {
        Path file = local.map(results -> results.resolve(FILE))
                .orElse(Path.of(System.getProperty("java.io.tmpdir"), "narrows-" + study + ".log"));
        System.setProperty(FILE, file.toString());
        // Spark sets up logging when it first has something to say, and would take ours away again.
        SparkContext$.MODULE$.log();
        if (isSparksDefault()) {
            Configurator.reconfigure(ours());
        } else {
            Configurator.reconfigure();
        }
        return file;
    }

    /** True for what {@code spark-submit} sets where nobody has said anything: it tells the terminal of every task. */
    private static boolean isSparksDefault() {
        String source = String.valueOf(
                LoggerContext.getContext(false).getConfiguration().getConfigurationSource());
        boolean watched =
                !System.getProperty("spark.submit.deployMode", "client").equals("cluster");
        return watched && source.contains("org/apache/spark/log4j2-defaults");
    }

    private static URI ours() {
        URL file = Objects.requireNonNull(Logs.class.getResource(OURS), "the jar lacks " + OURS);
        try {
            return file.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot name " + file, e);
        }
    }
}
