package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.tradeoff.Difference;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The derived tables of a run have the numbers of the terminal and of the report. */
class DerivedTablesAgreeTest {
    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    private static List<Row> read(String table, String... columns) {
        String file = SmallStudy.results() + "/" + table + ".parquet";
        try (JavaSparkContext context = LocalSpark.context()) {
            return SparkSession.builder()
                    .sparkContext(context.sc())
                    .getOrCreate()
                    .read()
                    .parquet(file)
                    .selectExpr(columns)
                    .collectAsList();
        }
    }

    @Test
    void aPairIsWhatCompareSays() {
        Row pair = read("pairs", "variant", "other", "difference", "difference_low", "difference_high")
                .get(0);
        String said = CommandLineRun.of("compare", pair.getString(1), pair.getString(0), "--in", SmallStudy.results())
                .out();
        assertThat(said)
                .contains("The second variant against the first: %s points, 95 %% interval %s … %s"
                        .formatted(
                                Difference.points(pair.getDouble(2)),
                                Difference.points(pair.getDouble(3)),
                                Difference.points(pair.getDouble(4))));
    }

    @Test
    void aFrontProbabilityIsThatOfTheReport() throws Exception {
        String report = Files.readString(SmallStudy.results().resolve("report.html"));
        for (Row variant : read("variants", "variant_id", "on_front", "front_probability")) {
            Matcher point = Pattern.compile("\"id\":\"%s\".*?\"front\":(true|false).*?\"certainty\":([0-9.Ee-]+)"
                            .formatted(variant.getString(0)))
                    .matcher(report);
            assertThat(point.find()).as(variant.getString(0)).isTrue();
            assertThat(Boolean.parseBoolean(point.group(1))).isEqualTo(variant.getBoolean(1));
            assertThat(Double.parseDouble(point.group(2))).isEqualTo(variant.getDouble(2));
        }
    }
}
