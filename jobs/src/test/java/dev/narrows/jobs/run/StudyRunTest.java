package dev.narrows.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A study from its file to its tables: really trained, through a real Spark, in steps that build on one another. */
@TestMethodOrder(OrderAnnotation.class)
class StudyRunTest {
    private static final String STUDY = """
            study = tiny
            question = "Does it run?"
            data { source = "bundled:fashion-mnist", train = 200, validation = 100, test = 50 }
            grid = [
              { family = bottleneck
                stem { width = 8, kernel = 3, stride = 2 }
                widths = [16, 32], depths = [1, 1], strides = [1, 2]
                mid-ratio = [0.25, 0.5], cardinality = [1, 3]
                seeds = [0, 1] }
            ]
            training { epochs = 1, batch-size = 50 }
            latency { for = all, batch-sizes = [1, 4], minimum-samples = 10, minimum-time = 0.05 s, maximum-time = 0.1 \
            s }
            objectives = [ { maximize = validation_accuracy }, { minimize = params }, { minimize = latency_p50_us } ]
            """;

    @TempDir
    static Path folder;

    private static Path study;
    private static Path output;

    @BeforeAll
    static void write() throws IOException {
        study = folder.resolve("tiny.conf");
        output = folder.resolve("results");
        Files.writeString(study, STUDY);
        LocalSpark.stop();
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    @Order(1)
    void aStudyBecomesATableWithTheBestMarked() {
        CommandLineRun run = run();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Does it run?")
                .contains("★")
                .containsPattern("\\d %|\\d\\d\\.\\d\\d % ± ")
                .contains("bottleneck mid-ratio=0.25")
                .contains("2 variants rejected")
                .contains("Report: " + output + "/report.html")
                .contains(output + "/trials.parquet")
                .contains("Next: ");
    }

    @Test
    @Order(2)
    void itsReportIsWrittenAndCanBeWrittenElsewhere() throws IOException {
        assertThat(Files.readString(output.resolve("report.html")).contains("complete: all 4 trials have ended"))
                .isTrue();
        Path copy = folder.resolve("copy.html");
        CommandLineRun report = CommandLineRun.of("report", output, "--to", copy);
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out()).isEqualToIgnoringNewLines("Report: " + copy);
        assertThat(Files.readString(copy).contains("bottleneck mid-ratio=0.25")).isTrue();

        CommandLineRun refused = CommandLineRun.of("report", output, "--to", folder.resolve("nowhere/copy.html"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("Cannot write " + folder.resolve("nowhere/copy.html"))
                .hasLineCount(1);
    }

    @Test
    @Order(2)
    void theTablesAreReadBySparkAsTheyAre() {
        try (JavaSparkContext context = LocalSpark.context()) {
            SparkSession spark = session(context);
            spark.read().parquet(output + "/trials.parquet").createOrReplaceTempView("trials");
            Row counts = spark.sql("""
                            select count_if(outcome = 'completed'), count_if(outcome = 'rejected'),
                                   count(distinct variant_id), min(final_validation_accuracy), count(test_accuracy),
                                   count_if(widths = array(16, 32))
                            from trials""").first();
            assertThat(counts.getLong(0)).isEqualTo(4);
            assertThat(counts.getLong(1)).isEqualTo(2);
            assertThat(counts.getLong(2)).isEqualTo(2);
            assertThat(counts.getDouble(3)).isBetween(0.0, 1.0);
            assertThat(counts.getLong(4)).isEqualTo(4);
            assertThat(counts.getLong(5)).isEqualTo(6);
            assertThat(spark.read().parquet(output + "/epochs.parquet").count()).isEqualTo(4);
            assertThat(spark.read().parquet(output + "/latency.parquet").count())
                    .isEqualTo(4);
            Row layers = spark.read()
                    .parquet(output + "/layers.parquet")
                    .groupBy("variant_id")
                    .sum("params")
                    .orderBy("sum(params)")
                    .first();
            Row params = spark.sql("select min(params) from trials where outcome = 'completed'")
                    .first();
            assertThat(layers.getLong(1)).isEqualTo(params.getLong(0));
        }
    }

    /** Files written under another name first do not keep the rights of a temporary file, which others cannot read. */
    @Test
    @Order(2)
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void othersMayReadWhatTheUmaskLetsThem() throws IOException {
        Path usualFolder = Files.createDirectory(folder.resolve("usual"));
        Path usualFile = Files.createFile(usualFolder.resolve("file"));
        try (Stream<Path> written = Files.walk(output)) {
            assertThat(written)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(path -> assertThat(Files.getPosixFilePermissions(path))
                            .isEqualTo(
                                    Files.getPosixFilePermissions(Files.isDirectory(path) ? usualFolder : usualFile)));
        }
    }

    @Test
    @Order(3)
    void runningItAgainTrainsNothingTwice() throws IOException {
        Map<Path, FileTime> before = journal();
        CommandLineRun run = run();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("4 of 4 trials have ended before; 0 to go");
        assertThat(journal()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void whatIsMissingIsTrainedAndTheRestIsKept() throws IOException {
        Map<Path, FileTime> before = journal();
        Path lost = before.keySet().stream()
                .filter(file -> !file.getFileName().toString().startsWith("latency"))
                .findFirst()
                .orElseThrow();
        Files.delete(lost);
        CommandLineRun run = run();
        assertThat(run.err()).contains("3 of 4 trials have ended before; 1 to go");
        Map<Path, FileTime> after = journal();
        assertThat(after).containsOnlyKeys(before.keySet());
        before.remove(lost);
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    @Order(5)
    void statusAndPlanKnowWhatHasEnded() {
        assertThat(CommandLineRun.of("status", output).out())
                .contains("tiny: 4 of 4 trials have ended")
                .contains("4 completed")
                .contains("It is complete");
        String csv = CommandLineRun.of("plan", study, "--output", output, "--format", "csv")
                .out();
        assertThat(csv.lines()).hasSize(5);
        assertThat(csv.lines().filter(line -> line.contains(",done,"))).hasSize(2);
        assertThat(csv.lines().filter(line -> line.contains(",rejected,"))).hasSize(2);
    }

    @Test
    @Order(6)
    void aTrialThatFailsIsARowAndExitCodeOne() {
        CommandLineRun run = runTooLong();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("(2 timed-out)").contains("--retry").doesNotContain("★");
        assertThat(CommandLineRun.of("status", output).out()).contains("4 timed-out");
    }

    @Test
    @Order(7)
    void failedTrialsRunAgainOnlyWhereAsked() throws IOException {
        Map<Path, FileTime> before = journal();
        assertThat(runTooLong().err()).contains("4 of 4 trials have ended before; 0 to go");
        CommandLineRun retried = runTooLong("--retry", "failed,timed-out");
        Map<Path, FileTime> after = journal();
        assertThat(after).containsOnlyKeys(before.keySet());
        assertThat(after.entrySet().stream().filter(file -> !file.getValue().equals(before.get(file.getKey()))))
                .hasSize(4);
        assertThat(retried.exitCode()).isEqualTo(1);
    }

    @Test
    @Order(8)
    void trialsThatLeftTheGridStayInTheTables() {
        assertThat(run().exitCode()).isZero();
        try (JavaSparkContext context = LocalSpark.context()) {
            SparkSession spark = session(context);
            assertThat(spark.read()
                            .parquet(output + "/trials.parquet")
                            .filter("outcome = 'timed-out'")
                            .count())
                    .isEqualTo(4);
        }
    }

    @Test
    @Order(9)
    void countsOfTrainingImagesAreToldApart() {
        String[] more = {"--set", "data.train=[100,200]"};
        assertThat(CommandLineRun.of("plan", study, "--output", output, more[0], more[1])
                        .out())
                .contains("2 variants")
                .contains("each with 100 and 200 training images")
                .contains("4 trials to run");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output, more[0], more[1]);
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String ratio : List.of("0.25", "0.5")) {
            for (int count : List.of(100, 200)) {
                assertThat(run.out())
                        .containsPattern("bottleneck mid-ratio=%s cardinality=1 train=%d".formatted(ratio, count));
            }
        }
    }

    /** Another training, of which not even one epoch fits the time. */
    private static CommandLineRun runTooLong(String... options) {
        List<Object> args = new ArrayList<>(List.of("run", study, "--output", output));
        args.addAll(List.of("--set", "training.epochs=2", "--set", "training.time-limit=0.001 s"));
        args.addAll(List.of(options));
        return CommandLineRun.of(args.toArray());
    }

    private static CommandLineRun run() {
        return CommandLineRun.of("run", study, "--output", output);
    }

    private static Map<Path, FileTime> journal() throws IOException {
        Map<Path, FileTime> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(output.resolve("_journal"))) {
            for (Path path : paths.toList()) {
                files.put(path, Files.getLastModifiedTime(path));
            }
        }
        return files;
    }

    private static SparkSession session(JavaSparkContext context) {
        return SparkSession.builder()
                .sparkContext(context.sc())
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }
}
