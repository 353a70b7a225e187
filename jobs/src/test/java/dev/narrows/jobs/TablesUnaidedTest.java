package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Other tools read the tables as docs/tables.md says: names, types, nulls, lists, instants. */
class TablesUnaidedTest {
    private static final Path PAGE = Path.of("../docs/tables.md");
    private static final Pattern TITLE = Pattern.compile("## (\\w+)\\.parquet");
    private static final Pattern LINE = Pattern.compile("\\| `(\\w+)` \\| (.+?) \\| (yes|no) \\| .+ \\|");

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    void pandasPyarrowPolarsAndDuckDbReadWhatThePageSays() throws Exception {
        PythonEnvironment python = PythonEnvironment.of("notebooks/requirements.txt");
        PythonEnvironment.Run run =
                python.run(Path.of("src/test/python/tables.py"), Duration.ofMinutes(3), SmallStudy.results(), PAGE);
        assertThat(run.exitCode()).as(run.err()).isZero();
        // Six variants of three seeds, and one that was rejected, two epochs each, probed with two sizes of batch.
        assertThat(run.out())
                .contains("variants: 6 rows")
                .contains("pairs: 30 rows")
                .contains("trials: 19 rows")
                .contains("epochs: 36 rows")
                .contains("latency: 12 rows");
    }

    @Test
    void sparkReadsWhatThePageSays() throws IOException {
        Path results = SmallStudy.results();
        try (JavaSparkContext context = LocalSpark.context()) {
            SparkSession spark =
                    SparkSession.builder().sparkContext(context.sc()).getOrCreate();
            Map<String, Map<String, DataType>> tables = page();
            // Only a study that is searched has it.
            tables.remove("search");
            for (Map.Entry<String, Map<String, DataType>> table : tables.entrySet()) {
                Dataset<Row> rows = spark.read().parquet(results + "/" + table.getKey() + ".parquet");
                for (StructField field : rows.schema().fields()) {
                    assertThat(field.dataType())
                            .as("%s.%s", table.getKey(), field.name())
                            .isEqualTo(table.getValue().get(field.name()));
                }
                List<String> missing = new ArrayList<>(table.getValue().keySet());
                missing.removeAll(List.of(rows.columns()));
                // Only knobs of families that the study has not may be left out.
                assertThat(missing.isEmpty() || List.of("trials", "variants").contains(table.getKey()))
                        .as("%s lacks %s", table.getKey(), missing)
                        .isTrue();
            }
            rejectedVariantsHaveNoTrial(spark, results);
        }
    }

    private static void rejectedVariantsHaveNoTrial(SparkSession spark, Path results) {
        Row rejected = spark.read()
                .parquet(results + "/trials.parquet")
                .filter("outcome = 'rejected'")
                .select("trial_id", "message", "mid_by_stage", "expansion", "final_validation_accuracy", "started_at")
                .first();
        assertThat(rejected.isNullAt(0)).isTrue();
        assertThat(rejected.getString(1)).contains("4,330,000");
        assertThat(rejected.getList(2)).hasSize(3);
        assertThat(rejected.isNullAt(3) && rejected.isNullAt(4) && rejected.isNullAt(5))
                .isTrue();
    }

    /** Table to column to the type that Spark has for it. */
    private static Map<String, Map<String, DataType>> page() throws IOException {
        Map<String, Map<String, DataType>> tables = new LinkedHashMap<>();
        Map<String, DataType> columns = new LinkedHashMap<>();
        for (String text : Files.readAllLines(PAGE)) {
            Matcher title = TITLE.matcher(text);
            if (title.matches()) {
                columns = new LinkedHashMap<>();
                tables.put(title.group(1), columns);
            }
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                columns.put(line.group(1), type(line.group(2)));
            }
        }
        assertThat(tables)
                .containsOnlyKeys("variants", "effects", "pairs", "search", "trials", "epochs", "latency", "layers");
        return tables;
    }

    private static DataType type(String word) {
        if (word.startsWith("list of ")) {
            // Spark reads every column as one that may be null, and so the entries of lists.
            return DataTypes.createArrayType(type(word.substring("list of ".length())), true);
        }
        return switch (word) {
            case "text" -> DataTypes.StringType;
            case "int32" -> DataTypes.IntegerType;
            case "int64" -> DataTypes.LongType;
            case "double" -> DataTypes.DoubleType;
            case "boolean" -> DataTypes.BooleanType;
            case "binary" -> DataTypes.BinaryType;
            case "timestamp" -> DataTypes.TimestampType;
            default -> throw new AssertionError("docs/tables.md has a type that Spark has no name for here: " + word);
        };
    }
}
