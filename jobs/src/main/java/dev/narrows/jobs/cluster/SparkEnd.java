package dev.narrows.jobs.cluster;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The end of this process's Spark before its time, where somebody knows why: Spark itself only says that it is gone.
 */
public final class SparkEnd {
    private static volatile @Nullable String known;

    private SparkEnd() {}

    static void forget() {
        known = null;
    }

    /** Stops Spark for a reason; the first one counts. Jobs fail then, and so the command that waits for them. */
    static synchronized void because(String reason, JavaSparkContext spark) {
        if (known == null && !spark.sc().isStopped()) {
            known = reason;
            // Not on the caller's thread, which may be one that Spark waits for as it stops.
            Thread end = new Thread(spark::close, "narrows-spark-end");
            end.setDaemon(true);
            end.start();
        }
    }

    /** The reason, as a sentence for the user; empty where Spark has not ended so. */
    public static Optional<String> reason() {
        return Optional.ofNullable(known);
    }
}
