package dev.narrows.jobs.cluster;

import dev.narrows.files.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.io.output.TeeWriter;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The process of a driver, which ends with an exit code. Inside YARN ({@code --deploy-mode cluster}) it belongs to
 * YARN's application master, which takes {@code System.exit}, whatever the code, for a driver that died, and starts it
 * again. It needs a return or an exception, and a Spark that was started.
 */
public final class DriverProcess {
    private static final int MOST_WORDS = 2000;

    private final StringWriter said = new StringWriter();

    private DriverProcess() {}

    /** Executes a command and ends this process with its exit code, in the form that its starter expects. */
    public static void endWith(OutputStream out, PrintStream err, Command command) {
        RememberedOutput remembered = new RememberedOutput(out);
        PrintWriter toOut = new PrintWriter(remembered, true, StandardCharsets.UTF_8);
        PrintWriter toErr = new PrintWriter(err, true, StandardCharsets.UTF_8);
        if (!isInYarn()) {
            int code = command.execute(toOut, toErr);
            toOut.flush();
            Optional<IOException> failure = remembered.failure();
            if (failure.isPresent()) {
                toErr.println("Cannot write the output to its end: " + Reason.of(failure.get()));
                code = Math.max(1, code);
            }
            System.exit(code);
            return;
        }
        DriverProcess driver = new DriverProcess();
        driver.tellYarn(command.execute(toOut, new PrintWriter(new TeeWriter(toErr, driver.said), true)));
    }

    /** A command that returns an exit code. */
    @FunctionalInterface
    public interface Command {
        int execute(PrintWriter out, PrintWriter err);
    }

    private static boolean isInYarn() {
        return System.getProperty("spark.master", "").startsWith("yarn")
                && System.getProperty("spark.submit.deployMode", "").equals("cluster");
    }

    private void tellYarn(int code) {
        if (code != 0) {
            throw new FailedCommand(code, words());
        }
        if (!Cluster.wasStarted()) {
            // There was nothing to do, as in a study that is complete; but an application without Spark is a failed
            // one.
            new JavaSparkContext(new SparkConf()
                            .set("spark.dynamicAllocation.enabled", "false")
                            .set("spark.executor.instances", "0")
                            .set("spark.scheduler.minRegisteredResourcesRatio", "0"))
                    .close();
        }
    }

    /** The last part of its output, which YARN shows as its diagnostics. */
    private String words() {
        String text = said.toString().strip();
        return text.substring(Math.max(0, text.length() - MOST_WORDS));
    }

    /** The end of a command that failed with a message of its own. */
    private static final class FailedCommand extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedCommand(int code, String words) {
            super("exit code %d: %s".formatted(code, words), null, false, false);
        }
    }
}
