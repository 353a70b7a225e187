package dev.narrows.jobs.cluster;

import dev.narrows.study.BadInput;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark for one study: inside this process, or at a master. */
public final class Cluster implements AutoCloseable {
    /** Jobs in flight per slot: the next trial waits at the slot while the driver handles an ended one. */
    private static final int IN_FLIGHT_A_SLOT = 2;

    private static final String STANDALONE = "spark://";

    private static final int CONNECT_MILLIS = 10_000;

    private static final long LOOK_EVERY_NANOS = 500_000_000;

    private static volatile boolean started;

    private final JavaSparkContext spark;
    private final int threads;
    private int slots;
    private long slotsAt;

    private Cluster(JavaSparkContext spark, int threads) {
        this.spark = spark;
        this.threads = threads;
    }

    /**
     * @param master Spark's master URL; without one trials run inside this process
     * @param slots trials at once inside this process; as many as cores and threads allow where it is empty
     * @param threads of each trial
     * @param note callback for sentences to the user
     * @param cancelled true once the run is cancelled
     * @throws java.util.concurrent.CancellationException where it was cancelled before there was an executor
     * @throws BadInput where there is no such master
     */
    public static Cluster start(
            String study,
            Optional<String> master,
            Optional<Integer> slots,
            int threads,
            Consumer<String> note,
            BooleanSupplier cancelled) {
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
        Cluster cluster = new Cluster(spark, threads);
        if (cluster.isHere()) {
            cluster.tellCrowd(note);
        } else {
            Executors.await(spark, threads, note, cancelled);
        }
        return cluster;
    }

    /** The configuration that {@link #start} starts Spark with. */
    public static SparkConf conf(String study, Optional<String> master, Optional<Integer> slots, int threads) {
        SparkConf conf = new SparkConf()
                .setAppName("narrows " + study)
                .set("spark.ui.showConsoleProgress", "false")
                // The fan-out decides about a trial whose process died; Spark does not retry it.
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

    /** Checks that a standalone master answers: Spark itself would try for a minute first. */
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
                "Cannot start Spark at %s: no master answers there (%s)".formatted(url, String.join("; ", refusals)));
    }

    private void tellCrowd(Consumer<String> note) {
        int cores = Runtime.getRuntime().availableProcessors();
        if (slots() * threads > cores) {
            note.accept(("%d trials at once, of %d threads each, share the %d cores of this machine, so that"
                            + " each takes longer")
                    .formatted(slots(), threads, cores));
        }
    }

    private static String reason(String url, Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String line = message.lines().findFirst().orElse(message);
        return line.contains("Could not parse Master URL") && !url.startsWith("local")
                ? "this Spark has no scheduler of that kind; use spark-submit of a Spark that has one (%s)"
                        .formatted(line)
                : line;
    }

    /** Number of trials of so many threads that this machine runs at once. */
    public static int slotsHere(int threads) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
    }

    /** True where this process has started Spark. */
    static boolean wasStarted() {
        return started;
    }

    public JavaSparkContext spark() {
        return spark;
    }

    /** True where trials run inside this process. */
    public boolean isHere() {
        return spark.isLocal();
    }

    /** Trials at once, as far as is known now: executors come and go. */
    public synchronized int slots() {
        if (isHere()) {
            return spark.defaultParallelism();
        }
        long now = System.nanoTime();
        if (slots == 0 || now - slotsAt > LOOK_EVERY_NANOS) {
            slots = Math.max(1, Executors.slots(spark, threads));
            slotsAt = now;
        }
        return slots;
    }

    public int window() {
        return IN_FLIGHT_A_SLOT * slots();
    }

    @Override
    public void close() {
        spark.close();
    }
}
