package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each notebook runs from top to bottom on the results of this very run, and shows what it promises. */
class NotebooksTest {
    private static final Path FOLDER = Path.of("../notebooks");
    private static final Pattern FIGURE = Pattern.compile("figure (\\d+) x (\\d+), (\\d+) colours");

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    void aFirstLookShowsTheStudy() throws Exception {
        String said = execute("01-first-look.ipynb", 4);
        // What was counted in the tables themselves: the six variants, and the one over the limit with its reason.
        assertThat(said)
                .contains("validation_hits: One bit per validation image")
                .contains("table of 6 rows");
    }

    @Test
    void choosingABlockSaysWhatIsSettledAndWhatIsNot() throws Exception {
        String said = execute("02-choosing-a-block.ipynb", 5);
        Matcher verdicts = Pattern.compile("(.+): ([+-]\\d+\\.\\d) points against the baseline, 95 % interval"
                        + " ([+-]\\d+\\.\\d) … ([+-]\\d+\\.\\d): (.+)")
                .matcher(said);
        Map<String, Double> accuracies = accuracies();
        double baseline = accuracies.get("bottleneck mid=8-16-32 cardinality=1");
        List<String> compared = new ArrayList<>();
        while (verdicts.find()) {
            compared.add(verdicts.group(1));
            double difference = Double.parseDouble(verdicts.group(2));
            double low = Double.parseDouble(verdicts.group(3));
            double high = Double.parseDouble(verdicts.group(4));
            // The paired difference is the difference of the accuracies in the table, to the digit that is printed.
            assertThat(difference)
                    .isCloseTo(100 * (accuracies.get(verdicts.group(1)) - baseline), Offset.offset(0.051));
            assertThat(difference).isBetween(low, high);
            assertThat(verdicts.group(5)).isEqualTo(low > 0 ? "better" : high < 0 ? "worse" : "not settled");
        }
        assertThat(compared)
                .hasSize(5)
                .allMatch(accuracies::containsKey)
                .doesNotContain("bottleneck mid=8-16-32 cardinality=1");
    }

    @Test
    void theArithmeticComesOutToTheLastInteger() throws Exception {
        String said = execute("03-the-arithmetic.ipynb", 6);
        assertThat(said)
                .contains("table of 23 rows")
                .contains("The pair has 2.65 times the parameters of the bottleneck.")
                .contains("divides its multiply-accumulates by 9.7")
                .containsPattern(
                        "\\d+ convolutions of 6 networks: every one has the multiply-accumulates of the formula");
    }

    /** Masks, images as an axis, no latency, two runtimes, variants left out, a knob beside another, nothing ended. */
    @Test
    void studiesOfOtherKindsAreDrawnByTheirOwnMeasure() throws Exception {
        PythonEnvironment python = PythonEnvironment.of("notebooks/requirements.txt");
        Path labels = SmallStudy.results();
        LocalSpark.stop();
        Path study = Files.writeString(folder.resolve("masks.conf"), """
                study = masks
                data { source = "bundled:cells", train = [8, 16], validation = 8, test = 4 }
                grid = [ { family = u-net, base-width = 4, depth = [1, 2], seeds = [0, 1] } ]
                training { epochs = 1, batch-size = 8, precision = fp32 }
                training.optimizer { name = adamw, learning-rate = 0.01 }
                latency { for = none }
                objectives = [ { maximize = validation_mean_iou }, { minimize = macs } ]
                """);
        Path masks = folder.resolve("masks");
        CommandLineRun trained = CommandLineRun.of("run", study, "--output", masks);
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        PythonEnvironment.Run run = python.run(
                Path.of("src/test/python/notebook_studies.py"),
                Duration.ofMinutes(3),
                Map.of("MPLCONFIGDIR", folder.resolve("matplotlib").toString()),
                FOLDER,
                masks,
                labels,
                Files.createDirectory(folder.resolve("made")));
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> parts = List.of(run.out().split("== ", -1));
        for (String part : parts.subList(1, parts.size() - 2)) {
            assertThat(part).doesNotContain("Error: ");
        }
        assertThat(parts.get(1))
                .startsWith("01-first-look masks")
                .containsPattern("table 8: .*\\| mean IoU \\|")
                .containsPattern("figure 10: .*validation mean IoU, %.*Mean IoU against parameters")
                .containsPattern("figure 13: .*validation mean IoU, %")
                .contains("This study has measured no latency.")
                .doesNotContain("| validation accuracy, %");
        assertThat(parts.get(2))
                .startsWith("02-choosing-a-block masks")
                .containsPattern("figure 5: .*u-net depth=1 train=8.*Mean IoU at equal multiply-accumulates")
                .containsPattern("figure 5: .*u-net depth=1 train=16")
                .containsPattern("figure 8: points of mean IoU more than u-net depth=. train=8")
                .containsPattern("figure 16: .*the highest mean IoU, %")
                .containsPattern("table 18: variant \\| mean IoU \\|.*\\| activations\\n")
                .doesNotContain("unpaired_error", "(band: ");
        assertThat(parts.get(3))
                .contains("convolutions of 2 networks: every one has the multiply-accumulates of the formula")
                .containsPattern("figure 12: .*transposed");
        assertThat(parts.get(5))
                .startsWith("02-choosing-a-block left-out")
                .contains("unpaired_error")
                .containsPattern("table 18: variant \\| accuracy \\|.*\\| time of 1 image\\n");
        assertThat(parts.get(6)).contains("convolutions of 6 networks");
        Matcher pairs = Pattern.compile("pairs: (\\d+)").matcher(run.out());
        assertThat(pairs.find()).isTrue();
        assertThat(run.out())
                .contains("linear is better by 10.0 points on average, between +10.0 and +10.0, over " + pairs.group(1)
                        + " pairs");
        for (String part : parts.subList(parts.size() - 2, parts.size())) {
            assertThat(part).contains("cell 1: RuntimeError: No trial in ", "nothing has completed yet.");
        }
    }

    @Test
    void withoutResultsANotebookSaysWhatToRun() throws Exception {
        PythonEnvironment python = PythonEnvironment.of("notebooks/requirements.txt");
        PythonEnvironment.Run run = python.run(
                Path.of("src/test/python/notebooks.py"),
                Duration.ofMinutes(3),
                environment(folder.resolve("nothing")),
                FOLDER.resolve("02-choosing-a-block.ipynb"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Run `bin/narrows run conf/studies/choosing-a-block.conf`");
    }

    static Stream<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList().stream();
        }
    }

    /** Most readers see the notebooks on the web: with figures, but small, and without a trace of the machine. */
    @ParameterizedTest
    @MethodSource("notebooks")
    void storedOutputsAreSmallAndOfOneRunFromTopToBottom(Path notebook) throws IOException {
        String text = Files.readString(notebook);
        assertThat(text.length()).isLessThan(700_000);
        assertThat(text.contains("image/png")).as("figures").isTrue();
        for (String ofARun : List.of("/home/", "/tmp/", "/root/", "\"stderr\"", "\"error\"")) {
            assertThat(text.contains(ofARun)).as(ofARun).isFalse();
        }
        Matcher count =
                Pattern.compile("\"execution_count\": (\\d+|null),\\n   \"id\"").matcher(text);
        int cells = 0;
        while (count.find()) {
            cells++;
            assertThat(count.group(1)).isEqualTo(Integer.toString(cells));
        }
        assertThat(cells).isGreaterThan(8);
    }

    private String execute(String notebook, int figures) throws Exception {
        PythonEnvironment python = PythonEnvironment.of("notebooks/requirements.txt");
        PythonEnvironment.Run run = python.run(
                Path.of("src/test/python/notebooks.py"),
                Duration.ofMinutes(10),
                environment(SmallStudy.results()),
                FOLDER.resolve(notebook));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Matcher figure = FIGURE.matcher(run.out());
        int seen = 0;
        while (figure.find()) {
            seen++;
            assertThat(Integer.parseInt(figure.group(1))).as(figure.group()).isBetween(400, 2000);
            assertThat(Integer.parseInt(figure.group(2))).as(figure.group()).isBetween(150, 1500);
            // Axes without anything in them come in some dozens of greys.
            assertThat(Integer.parseInt(figure.group(3))).as(figure.group()).isGreaterThan(150);
        }
        assertThat(seen).isEqualTo(figures);
        return run.out();
    }

    /** Of each variant the mean over its seeds, as Spark reads them. */
    private static Map<String, Double> accuracies() {
        try (JavaSparkContext context = LocalSpark.context()) {
            return SparkSession.builder()
                    .sparkContext(context.sc())
                    .getOrCreate()
                    .read()
                    .parquet(SmallStudy.results() + "/trials.parquet")
                    .filter("outcome = 'completed'")
                    .groupBy("variant")
                    .avg("final_validation_accuracy")
                    .collectAsList()
                    .stream()
                    .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
        }
    }

    private Map<String, String> environment(Path results) throws IOException {
        return Map.of(
                "NARROWS_RESULTS",
                results.toString(),
                "NARROWS",
                command().toString(),
                "IPYTHONDIR",
                folder.resolve("ipython").toString(),
                "MPLCONFIGDIR",
                folder.resolve("matplotlib").toString(),
                // Small matrices: threads of linear algebra would only wait for one another.
                "OPENBLAS_NUM_THREADS",
                "1");
    }

    /** This build's command line, as bin/narrows would start it once it is packaged. */
    private Path command() throws IOException {
        Path command = folder.resolve("narrows");
        Files.writeString(
                command,
                ("#!/bin/sh\nexec '%s' -cp '%s' -XX:TieredStopAtLevel=1 -Dlog4j2.level=OFF"
                                + " -Dlog4j2.configurationFile=classpath:log4j2.properties"
                                + " dev.narrows.jobs.Narrows \"$@\"\n")
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        return Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
