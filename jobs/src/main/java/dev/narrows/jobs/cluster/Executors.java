package dev.narrows.jobs.cluster;

import dev.narrows.jobs.show.Numbers;
import dev.narrows.study.BadInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/** The executors that a master gives: waits for them and reports them. Spark itself reports them only in its log. */
public final class Executors {
    private static final long LOOK_EVERY_NANOS = 200_000_000;
    private static final long TELL_AFTER_NANOS = 15_000_000_000L;

    /** Time within which the executors of a standalone cluster arrive after the first. */
    private static final long QUIET_NANOS = 1_500_000_000L;

    private static final long OTHERS_WITHIN_NANOS = 10_000_000_000L;

    private Executors() {}

    /**
     * Waits until there is one, and a little longer where more were requested.
     *
     * @param needed resources that have to be free for one to start, in words
     * @param cancelled checked repeatedly while there is none
     * @throws java.util.concurrent.CancellationException where that is true
     * @throws BadInput where the master gives none, or none that a trial fits
     * @throws IllegalStateException where they end as they start
     */
    static void await(
            JavaSparkContext spark, int threads, String needed, Consumer<String> note, BooleanSupplier cancelled) {
        awaitFirst(spark, needed, note, cancelled);
        int largest = cores(spark).stream().max(Integer::compare).orElse(0);
        if (largest < threads) {
            spark.close();
            throw new BadInput(("Cannot run trials of %d threads at %s: its executors have %d cores (lower threads in"
                            + " the study, or raise spark.executor.cores)")
                    .formatted(threads, spark.master(), largest));
        }
        OptionalInt asked = asked(spark.getConf(), largest);
        awaitOthers(spark, asked.orElse(Integer.MAX_VALUE));
        tell(spark, threads, asked, note);
    }

    /** Number of trials of so many threads that run at once on the executors that are there now. */
    static int slots(JavaSparkContext spark, int threads) {
        return executors(spark)
                .mapToInt(executor -> slots(executor, threads, spark.getConf()))
                .sum();
    }

    /** The same of each host that has a slot, by the name that Spark has for it. */
    static Map<String, Integer> slotsByHost(JavaSparkContext spark, int threads) {
        Map<String, Integer> slots = new TreeMap<>();
        executors(spark)
                .filter(executor -> executor.hostPort() != null)
                .forEach(executor ->
                        slots.merge(host(executor), slots(executor, threads, spark.getConf()), Integer::sum));
        slots.values().removeIf(count -> count < 1);
        return slots;
    }

    private static String host(ExecutorSummary executor) {
        String address = executor.hostPort();
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static int slots(ExecutorSummary executor, int threads, SparkConf conf) {
        int cores = Math.max(threads, conf.getInt("spark.task.cpus", 1));
        return Math.min(executor.totalCores() / cores, onGpus(executor, conf));
    }

    /** Number of trials that the GPUs of an executor have a share for; no bound where trials take none. */
    private static int onGpus(ExecutorSummary executor, SparkConf conf) {
        ResourceInformation gpus =
                CollectionConverters.asJava(executor.resources()).get(TaskDevice.GPU);
        return TaskDevice.asksForGpu(conf) && gpus != null
                ? TaskDevice.trialsOn(gpus.addresses().length, conf)
                : Integer.MAX_VALUE;
    }

    private static void awaitOthers(JavaSparkContext spark, int asked) {
        long first = System.nanoTime();
        long changed = first;
        int seen = count(spark);
        while (total(spark) < asked
                && System.nanoTime() - changed < QUIET_NANOS
                && System.nanoTime() - first < OTHERS_WITHIN_NANOS) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (count(spark) != seen) {
                seen = count(spark);
                changed = System.nanoTime();
            }
        }
    }

    private static void awaitFirst(
            JavaSparkContext spark, String needed, Consumer<String> note, BooleanSupplier cancelled) {
        long since = System.nanoTime();
        boolean told = false;
        while (count(spark) < 1) {
            if (cancelled.getAsBoolean()) {
                spark.close();
                throw new CancellationException("Cancelled before there was an executor");
            }
            Optional<String> end = SparkEnd.reason();
            if (end.isPresent()) {
                throw new IllegalStateException(end.get());
            }
            if (spark.sc().isStopped()) {
                throw new BadInput(("Cannot start Spark at %s: there is no such master, or each executor that it"
                                + " started ended at once (the log of a worker says why: a Java older than 17, or no"
                                + " connection back to this driver at %s)")
                        .formatted(spark.master(), spark.getConf().get("spark.driver.host", "its host's name")));
            }
            if (!told && System.nanoTime() - since > TELL_AFTER_NANOS) {
                told = true;
                note.accept(
                        "Waiting for an executor of %s: it has given none yet; %s".formatted(spark.master(), needed));
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static void tell(JavaSparkContext spark, int threads, OptionalInt asked, Consumer<String> note) {
        int cores = total(spark);
        String page = spark.sc().uiWebUrl().isEmpty()
                ? ""
                : "; Spark UI: " + spark.sc().uiWebUrl().get();
        note.accept("%s at once on %s of %s%s"
                .formatted(
                        Numbers.counted(slots(spark, threads), "trial"),
                        Numbers.counted(count(spark), "executor"),
                        spark.master(),
                        page));
        if (asked.isPresent() && cores < asked.getAsInt()) {
            note.accept("%s has given %d of the %d requested cores; others join when they arrive"
                    .formatted(spark.master(), cores, asked.getAsInt()));
        }
    }

    /** Number of requested cores, where the configuration has one. */
    private static OptionalInt asked(SparkConf conf, int coresOfOne) {
        if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            return OptionalInt.empty();
        }
        if (conf.contains("spark.cores.max")) {
            return OptionalInt.of(conf.getInt("spark.cores.max", 1));
        }
        return conf.contains("spark.executor.instances")
                ? OptionalInt.of(conf.getInt("spark.executor.instances", 1)
                        * conf.getInt("spark.executor.cores", Math.max(1, coresOfOne)))
                : OptionalInt.empty();
    }

    /**
     * The cores of each executor that is there now, of which a trial's threads are a part; the driver's process is
     * none.
     */
    public static List<Integer> cores(JavaSparkContext spark) {
        return executors(spark).map(ExecutorSummary::totalCores).toList();
    }

    private static Stream<ExecutorSummary> executors(JavaSparkContext spark) {
        return CollectionConverters.asJava(spark.sc().statusStore().executorList(true)).stream()
                .filter(executor -> !executor.id().equals("driver"));
    }

    private static int total(JavaSparkContext spark) {
        return cores(spark).stream().mapToInt(Integer::intValue).sum();
    }

    private static int count(JavaSparkContext spark) {
        return cores(spark).size();
    }
}
