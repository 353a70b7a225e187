package dev.narrows.jobs;

import dev.narrows.jobs.fanout.FanOut;
import dev.narrows.study.BadInput;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark for one study: inside this process, or wherever a master leads to. */
final class Cluster implements AutoCloseable {
    /** Jobs in flight for each slot: while the driver hears of one trial, the next is there already. */
    private static final int IN_FLIGHT_A_SLOT = 2;

    private static final String STANDALONE = "spark://";

    private static final int CONNECT_MILLIS = 10_000;

    private static final long LOOK_EVERY_NANOS = 200_000_000;

    private static volatile boolean started;

    private final JavaSparkContext spark;
    private final int threads;

    private Cluster(JavaSparkContext spark, int threads) {
        this.spark = spark;
        this.threads = threads;
    }

    /**
     * @param master Spark's master URL; without one trials run inside this process
     * @param slots trials at once inside this process; as many as cores and threads allow where it is empty
     * @param threads of each trial
     * @throws BadInput where there is no such master
     */
    static Cluster start(String study, Optional<String> master, Optional<Integer> slots, int threads) {
        SparkConf conf = conf(study, master, slots, threads);
        String url = conf.get("spark.master");
        requireAnswer(url);
        JavaSparkContext spark;
        try {
            spark = new JavaSparkContext(conf);
            started = true;
        } catch (Exception e) {
            throw new BadInput("Cannot start Spark at %s: %s".formatted(url, reason(url, e)));
        }
        awaitExecutor(spark, threads);
        return new Cluster(spark, threads);
    }

    /** What {@link #start} starts Spark with. */
    static SparkConf conf(String study, Optional<String> master, Optional<Integer> slots, int threads) {
        SparkConf conf = new SparkConf()
                .setAppName("narrows " + study)
                .set("spark.ui.showConsoleProgress", "false")
                // Whoever loses its process is judged by the fan-out, not run again blindly by Spark.
                .set("spark.task.maxFailures", "1")
                .set("spark.locality.wait", "0")
                .setIfMissing("spark.ui.retainedJobs", "200")
                .setIfMissing("spark.ui.retainedStages", "200")
                .setIfMissing("spark.ui.retainedTasks", "2000");
        master.ifPresent(conf::setMaster);
        conf.setIfMissing("spark.master", "local[%d]".formatted(slots.orElse(slotsHere(threads))));
        if (conf.get("spark.master").startsWith("local[")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            // Nothing outside this process has to find it, and a host's own name may not resolve.
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        } else {
            conf.setIfMissing("spark.task.cpus", String.valueOf(threads));
            conf.setIfMissing("spark.task.reaper.enabled", "true");
            // A cancelled trial looks up at its next batch; a process that does not by then hangs.
            conf.setIfMissing("spark.task.reaper.killTimeout", "30s");
            // Images lie off the heap, where Java by default allows as much as on it.
            conf.setIfMissing("spark.executor.extraJavaOptions", "-XX:MaxDirectMemorySize=1t");
            ship(conf);
        }
        return conf;
    }

    /** Executors get Narrows from {@code spark-submit}, or from the launcher, which says where its jars are. */
    private static void ship(SparkConf conf) {
        String jars = System.getProperty("narrows.jars", "");
        if (!jars.isEmpty()) {
            conf.setIfMissing("spark.jars", jars.replace(File.pathSeparatorChar, ','));
        }
    }

    /** Spark itself would try for a minute before it says that nobody answers. */
    private static void requireAnswer(String url) {
        if (!url.startsWith(STANDALONE)) {
            return;
        }
        List<String> refusals = new ArrayList<>();
        for (String master : url.substring(STANDALONE.length()).split(",", -1)) {
            int colon = master.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(master.substring(colon + 1));
                socket.connect(new InetSocketAddress(master.substring(0, Math.max(0, colon)), port), CONNECT_MILLIS);
                return;
            } catch (NumberFormatException e) {
                refusals.add("'%s' is not host:port".formatted(master));
            } catch (UnknownHostException e) {
                refusals.add("%s: there is no host of that name".formatted(master));
            } catch (IOException | IllegalArgumentException e) {
                refusals.add("%s: %s".formatted(master, e.getMessage() == null ? e : e.getMessage()));
            }
        }
        throw new BadInput(
                "Cannot start Spark at %s: nobody answers there (%s)".formatted(url, String.join("; ", refusals)));
    }

    /** A master may have no worker to give; Spark says so only to its log, and waits. */
    private static void awaitExecutor(JavaSparkContext spark, int threads) {
        while (!spark.isLocal() && spark.sc().statusTracker().getExecutorInfos().length < 2) {
            if (spark.sc().isStopped()) {
                throw new BadInput("Cannot start Spark at %s: there is no such master, or it gave no executor"
                        .formatted(spark.master()));
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        int cores = FanOut.largestExecutor(spark);
        if (cores > 0 && cores < threads) {
            spark.close();
            throw new BadInput(
                    "Cannot run trials of %d threads at %s: its executors have %d cores (lower threads in the study, or raise spark.executor.cores)"
                            .formatted(threads, spark.master(), cores));
        }
    }

    private static String reason(String url, Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String line = message.lines().findFirst().orElse(message);
        return line.contains("Could not parse Master URL") && !url.startsWith("local")
                ? "this Spark has no scheduler of that kind; use spark-submit of a Spark that has (%s)".formatted(line)
                : line;
    }

    /** How many trials of so many threads this machine runs at once. */
    static int slotsHere(int threads) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
    }

    /** Whether this process has had one. */
    static boolean wasStarted() {
        return started;
    }

    JavaSparkContext spark() {
        return spark;
    }

    /** Whether trials run inside this process. */
    boolean isHere() {
        return spark.isLocal();
    }

    /** Trials at once, as far as is known now: executors come and go. */
    int slots() {
        return isHere() ? spark.defaultParallelism() : Math.max(1, spark.defaultParallelism() / threads);
    }

    int window() {
        return IN_FLIGHT_A_SLOT * slots();
    }

    @Override
    public void close() {
        spark.close();
    }
}
