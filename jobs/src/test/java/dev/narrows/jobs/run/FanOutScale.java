package dev.narrows.jobs.run;

import dev.narrows.jobs.Trials;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.jobs.fanout.FanOut;
import dev.narrows.jobs.fanout.SparkJobs;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.folder.TablesWriter;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.report.StudyReport;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Precision;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A benchmark, not a test: what each step of a driver takes of time and heap at very many trials, which sleep in local
 * slots instead of training: {@code FanOutScale FOLDER TRIALS [SLOTS [MILLIS]]}. With the heap of {@code bin/narrows},
 * 1 GiB, it says whether that is enough. With 0 slots nothing runs, and what lies in the folder is resumed.
 */
final class FanOutScale {
    private static final int SEEDS = 10;

    private FanOutScale() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
        int count = Integer.parseInt(args[1]);
        int slots = args.length > 2 ? Integer.parseInt(args[2]) : 64;
        int millis = args.length > 3 ? Integer.parseInt(args[3]) : 100;
        Path file = Files.writeString(folder.resolve("scale.conf"), study(count / SEEDS));
        ResultsFolder results = new ResultsFolder(folder.resolve("results").toString());

        PlannedStudy planned = step("plan", count, () -> PlannedStudy.of(StudyReader.read(file, List.of())));
        List<Trial> trials = step("its trials", count, () -> planned.trials(Precision.FP32));
        TablesWriter tables = step(
                "rows of its layers",
                count,
                () -> new TablesWriter(results, planned.study().name(), planned.plan()));
        try (DriverLock lock = results.claim("scale", note -> {})) {
            if (slots > 0) {
                Map<String, TrialRow> rows =
                        step("fan-out", count, () -> fanOut(planned, results, trials, slots, millis));
                step("tables", count, () -> {
                    tables.write(rows.values(), Map.of());
                    return 0;
                });
                rows.clear();
            }
            step("compaction of the journal", count, () -> {
                results.journal().compact();
                return 0;
            });
            List<TrialRow> read = step(
                    "reading of the journal", count, () -> results.journal().rows());
            List<VariantSummary> summaries = step(
                    "summaries",
                    count,
                    () -> VariantSummary.of(planned.plan().variants(), read, List.of(), Measure.VALIDATION_ACCURACY));
            step("report", count, () -> {
                StudyResults found = new StudyResults(
                        "scale",
                        Optional.of(planned.study()),
                        Optional.of(planned.plan()),
                        Optional.of(trials.stream().map(Trial::id).toList()),
                        Map.of(),
                        read,
                        List.of(),
                        new StudyResults.ResultsSource(folder.toString(), file.toString(), false, List.of()));
                results.keepReport(StudyReport.html(found, Instant.now()));
                return summaries.size();
            });
            lock.check();
        }
    }

    private static String study(int variants) {
        int side = (int) Math.ceil(Math.sqrt(variants));
        String widths = IntStream.range(0, variants)
                .mapToObj(i -> "[%d, %d]".formatted(8 + i / side, 8 + i % side))
                .collect(Collectors.joining(", "));
        return """
                study = scale
                data { source = "bundled:fashion-mnist", train = 400, validation = 200, split-seed = 0 }
                grid = [ { family = residual, stem { width = 8 }, widths = [%s], depths = [1, 1], strides = [1, 2]
                           seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } ]
                training { epochs = 1, batch-size = 64, learning-rate = 0.05, precision = fp32 }
                latency { for = none }
                """.formatted(widths);
    }

    private static Map<String, TrialRow> fanOut(
            PlannedStudy planned, ResultsFolder results, List<Trial> trials, int slots, int millis)
            throws InterruptedException {
        SparkConf conf = Cluster.conf("scale", ComputePlace.at(Optional.empty(), Optional.of(slots)), 1);
        JournalCommit commit = new JournalCommit(results.address(), planned.fingerprints());
        Backlog backlog = new Backlog(trials, planned.secondsByTrial());
        Map<String, TrialRow> rows = new TreeMap<>();
        TrialTask sleeps = (trial, device, watch) -> {
            Thread.sleep(millis);
            return Trials.completed(trial, 0.5 + (trial.hashCode() & 0xff) / 1000.0);
        };
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            FanOut fanOut = new FanOut(
                    new SparkJobs(spark, sleeps, commit, Optional.of(results.marks())),
                    commit,
                    results.suspects(),
                    () -> 2 * slots,
                    trial -> Optional.empty());
            long[] since = {System.nanoTime()};
            try (RunningFile file = new RunningFile(results, trials, fanOut::runningTrials)) {
                fanOut.run(backlog, (trial, result) -> {
                    ended(backlog, trial, result);
                    rows.put(trial.id(), commit.rowOf(trial, result));
                    if (rows.size() % 10_000 == 0) {
                        System.out.printf(
                                "  %d trials, the last 10,000 in %.2f ms each%n",
                                rows.size(), (System.nanoTime() - since[0]) / 1e6 / 10_000);
                        since[0] = System.nanoTime();
                    }
                });
            }
        }
        return rows;
    }

    private static void ended(Backlog backlog, Trial trial, TrialResult result) {
        backlog.ended(trial, OptionalDouble.of(result.totalSeconds()));
    }

    private static <T> T step(String name, int count, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.gc();
        Runtime memory = Runtime.getRuntime();
        System.out.printf(
                "%-30s %7.1f s, %6.2f ms a trial; heap after it %4d MB of %d%n",
                name,
                seconds,
                1000 * seconds / count,
                (memory.totalMemory() - memory.freeMemory()) >> 20,
                memory.maxMemory() >> 20);
        return result;
    }
}
