package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.results.PublicTables;
import dev.narrows.results.TrialRow;
import dev.narrows.tradeoff.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of masks that is really trained: its differences in mean IoU have intervals wherever they are told. */
class MaskStudyTest {
    @TempDir
    static Path parent;

    private static Path folder = Path.of("");

    @BeforeAll
    static void train() throws Exception {
        Path study = parent.resolve("study.conf");
        Files.writeString(study, """
                study = masks
                question = "What are skip connections worth?"
                data { source = "bundled:cells", train = 48, validation = 20, test = 4 }
                grid = [ { family = u-net, base-width = 4, depth = [1, 2], skip = [true, false], seeds = [0, 1] } ]
                training { epochs = 2, batch-size = 8, precision = fp32 }
                training.optimizer { name = adamw, learning-rate = 0.01 }
                latency { for = none }
                objectives = [ { maximize = validation_mean_iou }, { minimize = macs } ]
                """);
        folder = parent.resolve("results");
        LocalSpark.stop();
        CommandLineRun run = CommandLineRun.of("run", study, "--output", folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("on the front: share of bootstrap resamples")
                .containsPattern("points of mean IoU \\(95 % interval")
                .doesNotContain("(no interval", "has no interval", "have no interval");
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    private static List<Row> read(String table, String... columns) {
        try (JavaSparkContext context = LocalSpark.context()) {
            return SparkSession.builder()
                    .sparkContext(context.sc())
                    .getOrCreate()
                    .read()
                    .parquet(folder + "/" + table + ".parquet")
                    .selectExpr(columns)
                    .collectAsList();
        }
    }

    @Test
    void theJournalAndThePublicTableKeepTheCounts() {
        ResultsFolder results = new ResultsFolder(folder);
        List<TrialRow> rows = results.journal().rows();
        assertThat(rows)
                .hasSize(8)
                .allSatisfy(
                        row -> assertThat(Objects.requireNonNull(row.result().validationCounts())
                                        .images())
                                .isEqualTo(20));
        assertThat(PublicTables.open(results.address(), results.settings()).trials())
                .extracting(row -> row.result().validationCounts())
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .map(row -> row.result().validationCounts())
                        .toList());
    }

    @Test
    void anEffectHasAnIntervalByTheMeasureOfTheStudy() {
        List<Row> certain =
                read("effects", "measure", "axis", "difference", "difference_low", "difference_high").stream()
                        .filter(row -> !row.isNullAt(3))
                        .toList();
        assertThat(certain).isNotEmpty().allSatisfy(row -> {
            assertThat(row.getString(0)).isEqualTo("validation_mean_iou");
            assertThat(row.getDouble(2)).isBetween(row.getDouble(3), row.getDouble(4));
        });
        assertThat(certain).extracting(row -> row.getString(1)).contains("skip", "depth");
    }

    @Test
    void compareAndBestSayWhatTheTablesHave() {
        Row pair = read("pairs", "variant", "other", "difference", "difference_low", "difference_high")
                .get(0);
        assertThat(CommandLineRun.of("compare", pair.getString(1), pair.getString(0), "--in", folder)
                        .out())
                .contains("The second variant against the first: %s points of mean IoU, 95 %% interval %s … %s"
                        .formatted(
                                Difference.points(pair.getDouble(2)),
                                Difference.points(pair.getDouble(3)),
                                Difference.points(pair.getDouble(4))));
        assertThat(CommandLineRun.of("best", folder).out())
                .containsPattern("the best by mean IoU in \\d+ % of bootstrap resamples")
                .contains("points of mean IoU, 95 % interval");
        assertThat(CommandLineRun.of("compare", folder, folder).out())
                .contains("The second against the first, mean of 4 variants in both: 0.00 points of mean IoU, 95 %");
        CommandLineRun settle = CommandLineRun.of("settle", folder);
        assertThat(settle.err()).doesNotContain("not told");
        assertThat(settle.exitCode()).isZero();
    }

    @Test
    void aTrialIsShownWithEveryMeasureOfQuality() {
        Row trial = read(
                        "trials",
                        "trial_id",
                        "final_validation_balanced_accuracy",
                        "final_validation_mean_iou",
                        "final_validation_dice")
                .get(0);
        assertThat(CommandLineRun.of("show", trial.getString(0), folder).out())
                .containsPattern("balanced accuracy +" + Numbers.percent(trial.getDouble(1)))
                .containsPattern("mean IoU +" + Numbers.percent(trial.getDouble(2)))
                .containsPattern("Dice +" + Numbers.percent(trial.getDouble(3)));
        assertThat(CommandLineRun.of("show", trial.getString(0), folder, "--format", "json")
                        .out())
                .contains("\"final_validation_mean_iou\" : " + trial.getDouble(2));
    }

    @Test
    void theReportDrawsIntervalsOfMeanIou() throws Exception {
        String report = Files.readString(folder.resolve("report.html"));
        assertThat(report.contains("\"quality\":\"validation_mean_iou\"")).isTrue();
        assertThat(report).containsPattern("\"interval\":\\[[0-9.-]+,[0-9.-]+\\]");
        assertThat(report).containsPattern("\"words\":\"[^\"]*points of mean IoU, 95 % interval");
    }
}
