package dev.narrows.jobs.fanout;

import dev.narrows.jobs.Trials;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.cluster.StandaloneCluster;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.results.TrialRow;
import dev.narrows.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A benchmark, not a test: what the fan-out costs a trial, row committed to the journal, with a trainer that returns at
 * once: {@code FanOutCost FOLDER TRIALS [cluster]}.
 */
final class FanOutCost {
    private static final int SLOTS = 2;
    private static final int WARM_UP = 500;

    private FanOutCost() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
        int count = Integer.parseInt(args[1]);
        boolean remote = args.length > 2 && args[2].equals("cluster");
        SparkConf conf = new SparkConf()
                .setAppName("cost")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.task.maxFailures", "1")
                .set("spark.locality.wait", "0")
                .set("spark.ui.retainedJobs", "200")
                .set("spark.ui.retainedStages", "200")
                .set("spark.ui.retainedTasks", "2000")
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraClassPath", StandaloneCluster.classes());
        if (remote) {
            try (StandaloneCluster cluster =
                            StandaloneCluster.start(Files.createDirectories(folder.resolve("cluster")), 1, SLOTS, 0);
                    JavaSparkContext spark = new JavaSparkContext(conf.setMaster(cluster.master()))) {
                measure(spark, folder, count);
            }
        } else {
            try (JavaSparkContext spark = new JavaSparkContext(conf.setMaster("local[%d]".formatted(SLOTS)))) {
                measure(spark, folder, count);
            }
        }
    }

    private static void measure(JavaSparkContext spark, Path folder, int count) throws InterruptedException {
        run(spark, folder.resolve("warm"), Trials.trials(WARM_UP));
        List<Trial> trials = Trials.trials(count);
        long start = System.nanoTime();
        run(spark, folder.resolve("measured"), trials);
        double seconds = (System.nanoTime() - start) / 1e9;
        Runtime memory = Runtime.getRuntime();
        System.gc();
        System.out.printf(
                "%s: %d trials in %.1f s, %.2f ms a trial; heap of the driver after it %d MB%n",
                spark.master(),
                count,
                seconds,
                1000 * seconds / count,
                (memory.totalMemory() - memory.freeMemory()) >> 20);
    }

    private static void run(JavaSparkContext spark, Path results, List<Trial> trials) throws InterruptedException {
        ResultsFolder folder = new ResultsFolder(results);
        try (DriverLock lock = folder.claim("cost", note -> {})) {
            run(spark, folder, trials);
            lock.check();
        }
    }

    private static void run(JavaSparkContext spark, ResultsFolder folder, List<Trial> trials)
            throws InterruptedException {
        JournalCommit commit =
                new JournalCommit(folder.address(), Map.of(trials.get(0).data(), "none"));
        Map<String, TrialRow> rows = new TreeMap<>();
        Backlog backlog = new Backlog(trials, trial -> 1);
        Optional<StartedMarks> marks = spark.isLocal() ? Optional.of(folder.marks()) : Optional.empty();
        new FanOut(
                        new SparkJobs(spark, (trial, device, watch) -> Trials.completed(trial, 0.5), commit, marks),
                        commit,
                        folder.suspects(),
                        () -> 2 * SLOTS,
                        trial -> Optional.empty())
                .run(backlog, (trial, result) -> {
                    backlog.ended(trial, java.util.OptionalDouble.of(result.totalSeconds()));
                    rows.put(trial.id(), commit.rowOf(trial, result));
                });
        if (rows.size() != trials.size()) {
            throw new IllegalStateException("%d rows of %d".formatted(rows.size(), trials.size()));
        }
    }
}
