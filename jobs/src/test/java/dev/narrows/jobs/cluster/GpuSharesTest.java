package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.Trials;
import dev.narrows.jobs.run.PoisonedStudy;
import dev.narrows.trial.TrialResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each trial keeps the GPU address that Spark gave it, and no address carries more trials at once than its share
 * allows.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class GpuSharesTest {
    private static final int TRIALS = 24;

    @TempDir
    static Path folder;

    private static StandaloneCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        LocalSpark.stop();
        cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, 2, 1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 2"})
    void anAddressCarriesWhatItsShareAllows(String amount, int most) throws Exception {
        RowFiles rows = new RowFiles(folder.resolve("rows-" + most).toString());
        SparkConf conf = cluster.conf()
                .set("spark.executor.resource.gpu.amount", "1")
                .set("spark.task.resource.gpu.amount", amount);
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            PoisonedStudy.run(
                    spark, folder.resolve("study-" + most), Trials.trials(TRIALS), new Poison(), rows, rows::kept);
        }
        Map<String, List<TrialResult>> byAddress = rows.all().values().stream()
                .collect(Collectors.groupingBy(row -> row.environment().device()));
        assertThat(rows.all()).hasSize(TRIALS);
        assertThat(byAddress.keySet()).isSubsetOf("gpu:0", "gpu:1").isNotEmpty();
        assertThat(byAddress.values().stream().mapToInt(GpuSharesTest::atOnce).max())
                .hasValue(most);
    }

    /** The most trials that ran at the same moment, from their own clocks. */
    private static int atOnce(Collection<TrialResult> rows) {
        return rows.stream()
                .mapToInt(one -> (int) rows.stream()
                        .filter(other -> other.startedAt() <= one.startedAt() && one.startedAt() < end(other))
                        .count())
                .max()
                .orElse(0);
    }

    private static long end(TrialResult row) {
        return row.startedAt() + Math.round(1000 * row.totalSeconds());
    }
}
