package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedTablesTest {
    private static final Configuration CONFIGURATION = new Configuration(false);
    private static final EffectRow OF_ACCURACY = new EffectRow(
            "study",
            "bottleneck",
            "cardinality",
            "1",
            "4",
            Measure.VALIDATION_ACCURACY,
            2,
            0.02,
            1.03,
            Rows.difference(0.02));
    private static final EffectRow OF_PARAMS =
            new EffectRow("study", "bottleneck", "cardinality", "1", "4", Measure.PARAMS, 2, -120.0, 0.5, null);
    private static final PairRow PAIR =
            new PairRow("study", "v1", "one", true, "v2", "two", false, true, 2.0, null, Rows.difference(0.02));

    @TempDir
    private Path folder;

    private static final SearchRow LEFT_OUT = new SearchRow(
            "study", "v2", "two", 3, null, null, "left-out", new Foretold(0.125, 0.81, 0.79, 0.83, "v1", "one"), 0.375);

    private void write(List<VariantRow> variants, SearchRow... search) {
        DerivedTables.write(
                folder.toString(),
                CONFIGURATION,
                variants,
                List.of(OF_ACCURACY, OF_PARAMS),
                List.of(PAIR),
                List.of(search));
    }

    @Test
    void aSearchHasARowForEachDecision() {
        write(List.of(), LEFT_OUT);
        StoredCells row = first("search");
        assertThat(row.text("decision")).isEqualTo("left-out");
        assertThat(row.integer("batch")).isEqualTo(3);
        assertThat(row.integerOrNull("epoch")).isNull();
        assertThat(row.decimal("chance")).isEqualTo(0.125);
        assertThat(row.decimal("predicted_quality_low")).isEqualTo(0.79);
        assertThat(row.text("rival")).isEqualTo("one");
        assertThat(row.decimal("ledger")).isEqualTo(0.375);
    }

    @Test
    void aStudyThatIsTrainedWholeKeepsNoTableOfAnEarlierSearch() {
        write(List.of(), LEFT_OUT);
        write(List.of());
        assertThat(folder.resolve("search.parquet")).doesNotExist();
        assertThat(folder.resolve("pairs.parquet")).exists();
    }

    private StoredCells first(String name) {
        return new StoredCells(read(name).get(0));
    }

    private List<Group> read(String name) {
        return RowFiles.at(folder.toString(), CONFIGURATION).read(name + ".parquet");
    }

    @Test
    void aVariantHasItsMeasuresItsCertaintyAndItsKnobs() {
        write(List.of(Rows.variant("bottleneck", Rows.settings())));
        StoredCells row = first("variants");
        assertThat(row.text("variant_id")).isEqualTo("v1");
        assertThat(row.integer("train_images")).isEqualTo(4000);
        assertThat(row.decimal("validation_accuracy")).isEqualTo(0.75);
        assertThat(row.decimal("difference_from_best")).isEqualTo(-0.02);
        assertThat(row.decimal("difference_from_best_low")).isEqualTo(-0.03);
        assertThat(row.decimal("front_probability")).isEqualTo(0.875);
        assertThat(row.number("params")).isEqualTo(1000);
        assertThat(row.decimal("latency_p50_us")).isEqualTo(85.5);
        assertThat(row.decimal("latency_p50_high_us")).isEqualTo(91);
        assertThat(row.decimal("latency_relative")).isEqualTo(2.5);
        assertThat(row.decimalOrNull("latency_p99_us")).isNull();
        assertThat(row.text("search")).isEqualTo("open");
        assertThat(row.decimal("front_chance")).isEqualTo(0.25);
        assertThat(row.decimal("predicted_quality_high")).isEqualTo(0.83);
        assertThat(row.textOrNull("further_seeds_reason")).isEqualTo("it would take more than 1000 further seeds");
        assertThat(row.decimal("mid_ratio")).isEqualTo(0.25);
        assertThat(row.integer("kernel")).isEqualTo(3);
    }

    @Test
    void onlyAnEffectOnAccuracyHasAnInterval() {
        write(List.of());
        StoredCells accuracy = new StoredCells(read("effects").get(0));
        assertThat(accuracy.text("measure")).isEqualTo("validation_accuracy");
        assertThat(accuracy.decimal("difference_high")).isEqualTo(0.04);
        assertThat(accuracy.integer("further_seeds")).isEqualTo(5);
        StoredCells params = new StoredCells(read("effects").get(1));
        assertThat(params.text("measure")).isEqualTo("params");
        assertThat(params.decimal("ratio")).isEqualTo(0.5);
        assertThat(params.decimalOrNull("difference_low")).isNull();
    }

    @Test
    void aPairNamesBothSides() {
        write(List.of());
        StoredCells pair = first("pairs");
        assertThat(pair.text("variant")).isEqualTo("one");
        assertThat(pair.text("other")).isEqualTo("two");
        assertThat(pair.decimal("difference")).isEqualTo(0.02);
        assertThat(pair.decimalOrNull("macs_ratio")).isNull();
        assertThat(pair.integer("common_seeds")).isEqualTo(3);
    }

    @Test
    void theyAreReplacedWholeAndNothingElseIsLeft() throws IOException {
        write(List.of(Rows.variant("bottleneck", Rows.settings())));
        write(List.of());
        assertThat(read("variants")).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("variants.parquet", "effects.parquet", "pairs.parquet");
        }
    }

    @Test
    void everyColumnIsExplainedInTheFile() throws IOException {
        write(List.of(Rows.variant("bottleneck", Rows.settings())));
        for (String table : List.of("variants", "effects", "pairs")) {
            try (ParquetFileReader reader =
                    ParquetFileReader.open(new LocalInputFile(folder.resolve(table + ".parquet")))) {
                Map<String, String> notes = reader.getFileMetaData().getKeyValueMetaData();
                reader.getFileMetaData()
                        .getSchema()
                        .getFields()
                        .forEach(field -> assertThat(notes.get("narrows.column." + field.getName()))
                                .as(field.getName())
                                .endsWith("."));
            }
        }
    }
}
