package dev.narrows.jobs.cluster;

import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.workstation.Workstation;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Optional<Workstation> workstation;
    private final int threads;
    private final Map<List<DataSpec>, Map<String, ImageDelivery>> delivered = new HashMap<>();
    private Set<String> training = Set.of();
    private int slots;
    private long slotsAt;

    private Cluster(JavaSparkContext spark, Optional<Workstation> workstation, int threads) {
        this.spark = spark;
        this.workstation = workstation;
        this.threads = threads;
    }

    /**
     * @param place of the trials
     * @param threads of each trial
     * @param note callback for sentences to the user
     * @param cancelled true once the run is cancelled
     * @throws java.util.concurrent.CancellationException where it was cancelled before there was an executor
     * @throws BadInput where there is no such master
     * @throws IllegalStateException where there is one, and its executors end as they start
     */
    public static Cluster start(
            String study, ComputePlace place, int threads, Consumer<String> note, BooleanSupplier cancelled) {
        SparkConf conf = conf(study, place, threads);
        SparkEnd.forget();
        Optional<Workstation> workstation = place.gpus().map(gpus -> workstation(conf, gpus, note));
        try {
            Cluster cluster = new Cluster(spark(conf), workstation, threads);
            if (cluster.isHere()) {
                cluster.tellCrowd(note);
            } else {
                cluster.watch();
                Executors.await(cluster.spark, threads, needed(conf, place), note, cancelled);
            }
            return cluster;
        } catch (RuntimeException e) {
            workstation.ifPresent(Workstation::close);
            throw e;
        }
    }

    /** Resources that an executor needs to be started, in words. */
    private static String needed(SparkConf conf, ComputePlace place) {
        if (place.gpus().isPresent()) {
            return "their processes start on this machine";
        }
        String cores = conf.contains("spark.executor.cores")
                ? " and %s cores".formatted(conf.get("spark.executor.cores"))
                : "";
        return "a worker with %s of memory%s free is needed (if there is one, its log says why executors end)"
                .formatted(conf.get("spark.executor.memory", "1g"), cores);
    }

    private static Workstation workstation(SparkConf conf, WorkstationGpus gpus, Consumer<String> note) {
        note.accept("Starting %s on %s of this machine"
                .formatted(Numbers.counted(gpus.addresses().size(), "executor"), gpus.named()));
        Workstation workstation = Workstation.start(gpus, WorkstationSettings.size(conf, gpus));
        conf.setMaster(workstation.url()).set("spark.authenticate.secret", workstation.secret());
        return workstation;
    }

    private static JavaSparkContext spark(SparkConf conf) {
        String url = conf.get("spark.master");
        requireAnswer(url);
        try {
            JavaSparkContext spark = new JavaSparkContext(conf);
            started = true;
            return spark;
        } catch (Exception e) {
            throw new BadInput("Cannot start Spark at %s: %s".formatted(url, reason(url, e)));
        }
    }

    /** Ends Spark where it can only wait for ever. */
    private void watch() {
        StartDeaths deaths = new StartDeaths(
                spark.master(),
                executor -> workstation.flatMap(own -> own.lastWords(executor)),
                reason -> SparkEnd.because(reason, spark));
        spark.sc().addSparkListener(deaths);
        deaths.listen();
        workstation.ifPresent(own -> own.onDeath(reason -> SparkEnd.because(reason, spark)));
    }

    /** The configuration that {@link #start} starts Spark with; a workstation's master has no port in it yet. */
    public static SparkConf conf(String study, ComputePlace place, int threads) {
        SparkConf conf = new SparkConf()
                .setAppName("narrows " + study)
                .set("spark.ui.showConsoleProgress", "false")
                // The fan-out decides about a trial whose process died; Spark does not retry it.
                .set("spark.task.maxFailures", "1")
                .set("spark.locality.wait", "0")
                .setIfMissing("spark.ui.retainedJobs", "200")
                .setIfMissing("spark.ui.retainedStages", "200")
                .setIfMissing("spark.ui.retainedTasks", "2000");
        place.master().ifPresent(conf::setMaster);
        place.gpus().ifPresent(gpus -> WorkstationSettings.into(conf, gpus, threads));
        conf.setIfMissing("spark.master", "local[%d]".formatted(place.slots().orElse(slotsHere(threads))));
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
            if (place.gpus().isEmpty()) {
                ship(conf);
            }
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

    /** The way in which executors get the images of a study, which are sent once, however often it trains. */
    public synchronized Map<String, ImageDelivery> deliver(List<DataSpec> data) {
        return delivered.computeIfAbsent(List.copyOf(data), all -> ShippedData.send(spark, all));
    }

    /** Trials at once, as far as is known now: executors come and go. */
    public synchronized int slots() {
        if (isHere()) {
            return spark.defaultParallelism();
        }
        long now = System.nanoTime();
        if (slots == 0 || now - slotsAt > LOOK_EVERY_NANOS) {
            slots = Math.max(1, slotsNow());
            slotsAt = now;
        }
        return slots;
    }

    private int slotsNow() {
        return training.isEmpty()
                ? Executors.slots(spark, threads)
                : Executors.slotsByHost(spark, threads).entrySet().stream()
                        .filter(host -> training.contains(host.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
    }

    /**
     * Most jobs in flight. Where only some hosts train, it is one per slot: Spark would start a waiting one on the
     * other hosts.
     */
    public synchronized int window() {
        return (training.isEmpty() ? IN_FLIGHT_A_SLOT : 1) * slots();
    }

    /**
     * Tells one host from the others, while nothing runs.
     *
     * @param before name of the host for measuring, where it is there; empty for any
     * @return empty where all executors are on one machine
     */
    public Optional<HostSplit> split(String before) {
        return isHere() ? Optional.empty() : HostSplit.of(SeenHosts.of(spark, threads), before);
    }

    /**
     * Trains on some hosts only, as far as possible.
     *
     * @param hosts by the names that Spark has for them; none for all
     */
    public synchronized void trainOn(Set<String> hosts) {
        training = Set.copyOf(hosts);
        slots = 0;
    }

    /** The hosts that trials prefer; none where any will do. */
    public synchronized Set<String> training() {
        return training;
    }

    @Override
    public void close() {
        spark.close();
        workstation.ifPresent(Workstation::close);
    }
}
