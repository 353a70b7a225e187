package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.folder.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search by latency on a real cluster of two hosts, one of which measures while the other trains the sample, in steps
 * that build on one another.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestMethodOrder(OrderAnnotation.class)
class LatencyBesideTest {
    private static final int VARIANTS = 14;
    private static final String STUDY = """
            study = beside
            data { source = "bundled:fashion-mnist", train = 400, validation = 100, test = 20 }
            grid = [ { family = plain, stem { width = 4, kernel = 3, stride = 2 }
                       widths = [[2], [4], [8], [16], [24], [32], [40]], depths = [1], strides = [2]
                       kernel = [1, 3] } ]
            training { epochs = 2, batch-size = 25, precision = fp32, learning-rate = 0.05 }
            latency { for = all, batch-sizes = [1], minimum-samples = 10, minimum-time = 0.1 s, maximum-time = 0.2 s }
            search = front
            objectives = [ { maximize = validation_accuracy }, { minimize = latency_p50_us } ]
            """;

    private static final String BESIDE = " while the sample trains on the others";

    @TempDir
    static Path folder;

    private static final Map<String, String> SETTINGS = new TreeMap<>();
    private static Path study;
    private static Path results;
    private static StandaloneCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        LocalSpark.stop();
        study = Files.writeString(folder.resolve("beside.conf"), STUDY);
        results = folder.resolve("results");
        cluster = StandaloneCluster.startApart(Files.createDirectory(folder.resolve("cluster")), 2, 1);
        SETTINGS.putAll(Map.of(
                "spark.executor.extraClassPath",
                StandaloneCluster.classes(),
                "spark.executor.memory",
                "512m",
                "spark.executor.extraJavaOptions",
                "-XX:MaxDirectMemorySize=1t -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "spark.driver.host",
                "127.0.0.1",
                "spark.driver.bindAddress",
                "127.0.0.1",
                "spark.ui.enabled",
                "false",
                // Nothing starts before both executors are there, however slow this machine is.
                "spark.cores.max",
                "2",
                "spark.scheduler.minRegisteredResourcesRatio",
                "1.0",
                "spark.scheduler.maxRegisteredResourcesWaitingTime",
                "300s"));
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
        cluster.close();
    }

    /** A driver in this process. */
    private static CommandLineRun onTheCluster(Path output) {
        SETTINGS.forEach(System::setProperty);
        System.setProperty("spark.extraListeners", TaskPlaces.class.getName());
        try {
            return CommandLineRun.of("run", study, "--master", cluster.master(), "--output", output);
        } finally {
            SETTINGS.keySet().forEach(System::clearProperty);
            System.clearProperty("spark.extraListeners");
        }
    }

    /** Cut off while both run. */
    @Test
    @Order(1)
    void cancellingEndsBoth() throws Exception {
        Path said = folder.resolve("said.txt");
        Process driver = driver(said);
        try {
            while (driver.isAlive() && !(Files.exists(results.resolve("_latency")) && trains())) {
                Thread.sleep(20);
            }
            driver.destroy();
            driver.waitFor();
        } finally {
            driver.destroyForcibly();
        }
        String words = Files.readString(said);
        assertThat(driver.exitValue()).as(words).isEqualTo(130);
        assertThat(words)
                .contains("Latency of 14 networks is measured on ")
                .contains(BESIDE)
                .contains("Cancelling: running trials stop at their next batch, and the current measurement ends first")
                .contains("To go on:")
                .doesNotContain("joins the training")
                .doesNotContain("Exception");
        assertThat(results.resolve("_latency")).doesNotExist();
        assertThat(results.resolve("trials.parquet")).exists();
        assertThat(TableFile.read(results.resolve("search.parquet")))
                .hasSize(10)
                .extracting(row -> row.get("decision"))
                .containsOnly("sampled");
        assertThat(new ResultsFolder(results).journal().latency()).hasSizeLessThan(VARIANTS);
    }

    @Test
    @Order(2)
    void theNextRunGoesOnWithBothAndNoTrialRunsOnTheHostThatMeasures() throws Exception {
        TaskPlaces.taken();
        int before = new ResultsFolder(results).journal().ended().size();
        CommandLineRun run = onTheCluster(results);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(BESIDE)
                .containsPattern("Latency is measured; \\S+ joins the training")
                .containsOnlyOnce("Search: batch 2, 2 variants, drawn at random");
        List<TaskPlaces.Place> places = TaskPlaces.taken();
        List<TaskPlaces.Place> latency =
                places.stream().filter(place -> place.group().equals("latency")).toList();
        assertThat(latency).hasSize(1).extracting(TaskPlaces.Place::host).containsExactly(cluster.address(0));
        List<TaskPlaces.Place> trials =
                places.stream().filter(place -> !place.trial().isEmpty()).toList();
        assertThat(trials).hasSize(new ResultsFolder(results).journal().ended().size() - before);
        assertThat(trials.stream()
                        .filter(place -> place.begun() < latency.get(0).ended()))
                .as("trials beside %s", latency)
                .isNotEmpty()
                .extracting(TaskPlaces.Place::host)
                .containsOnly(cluster.address(1));
        assertThat(new ResultsFolder(results).journal().latency()).hasSize(VARIANTS);
    }

    /** With the same latencies, which no two passes measure. */
    @Test
    @Order(3)
    void theSearchDecidesAsIfLatencyHadComeFirst() throws Exception {
        Path sequential = folderOfTheStudy("sequential");
        ResultsFolder there = new ResultsFolder(sequential);
        new ResultsFolder(results)
                .journal()
                .latency()
                .forEach(row -> there.journal().commitLatency(row));
        CommandLineRun run = CommandLineRun.of("run", study, "--slots", "2", "--output", sequential);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain(BESIDE);
        assertThat(SameTable.require(
                        sequential.resolve("search.parquet"),
                        results.resolve("search.parquet"),
                        List.of("batch", "variant_id", "decision", "epoch")))
                .isGreaterThanOrEqualTo(VARIANTS);
        SameTable.require(sequential.resolve("trials.parquet"), results.resolve("trials.parquet"), List.of("trial_id"));
    }

    /** A folder lies where a row is to go. */
    @Test
    @Order(4)
    void aMeasurementThatFailsEndsTheRunOnceTheSampleIsTrained() throws Exception {
        Path fails = folderOfTheStudy("fails");
        String row = rowFiles(results).stream()
                .filter(name -> name.startsWith("latency-"))
                .sorted()
                .findFirst()
                .orElseThrow();
        Files.createDirectories(fails.resolve("_journal").resolve(row).resolve("in the way"));
        CommandLineRun run = onTheCluster(fails);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err())
                .contains(BESIDE)
                .contains("Cannot measure latency: ")
                .contains(row)
                .doesNotContain("joins the training")
                .doesNotContain("\tat ");
        assertThat(fails.resolve("search.parquet")).exists();
        assertThat(new ResultsFolder(fails).journal().ended()).hasSize(10);
    }

    /** A folder that belongs to the study and has none of its rows. */
    private static Path folderOfTheStudy(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        Files.copy(results.resolve("_study"), made.resolve("_study"));
        return made;
    }

    private static List<String> rowFiles(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output.resolve("_journal"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** True once the list of running trials names one. */
    private static boolean trains() throws IOException {
        Path now = results.resolve("_now");
        return Files.exists(now) && Files.size(now) > 0;
    }

    private static Process driver(Path said) throws IOException {
        List<String> command = StandaloneCluster.javaCommand("-Xmx512m", "-XX:TieredStopAtLevel=1");
        SETTINGS.forEach((key, value) -> command.add(1, "-D%s=%s".formatted(key, value)));
        command.addAll(List.of("dev.narrows.jobs.Narrows", "run", study.toString(), "--master", cluster.master()));
        command.addAll(List.of("--output", results.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }
}
