package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.cost.LayerCost;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.family.Settings;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
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
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    private static final Configuration CONFIGURATION = new Configuration(false);
    private static final RejectedRow REJECTED = new RejectedRow(
            "study",
            null,
            "bottleneck cardinality=3",
            "bottleneck",
            new Settings(Map.of("kernel", 5)),
            null,
            "Cannot split 100 channels into 3 groups");

    @TempDir
    private Path folder;

    private void write(List<TrialRow> trials, List<RejectedRow> rejected) {
        Tables.write(
                folder.toString(),
                CONFIGURATION,
                trials,
                Map.of("b", "a seed to settle the front"),
                List.of(Rows.latency("v1", 1, 100)),
                rejected,
                List.of(new LayerRow(
                        "v1",
                        "v",
                        0,
                        new LayerCost("stem", "3x3 conv 1→8 /2", new Shape(8, 14, 14), 72, 14_112, 1568))));
    }

    private List<Group> read(String name) {
        return RowFiles.at(folder.toString(), CONFIGURATION).read(name + ".parquet");
    }

    @Test
    void aTrialBeyondThePlanHasTheReasonForIt() {
        write(List.of(Rows.completed("a"), Rows.failed("b")), List.of(REJECTED));
        assertThat(read("trials"))
                .extracting(row -> new StoredCells(row).textOrNull("added_because"))
                .containsExactly(null, "a seed to settle the front", null);
    }

    @Test
    void trialsAndRejectionsStandInOneTable() {
        write(List.of(Rows.completed("a"), Rows.failed("b")), List.of(REJECTED));
        List<Group> trials = read("trials");
        assertThat(trials).hasSize(3);
        assertThat(trials)
                .extracting(row -> row.getString("outcome", 0))
                .containsExactly("completed", "out-of-memory", "rejected");
        StoredCells completed = new StoredCells(trials.get(0));
        assertThat(completed.decimal("final_validation_accuracy")).isEqualTo(0.3);
        assertThat(completed.decimal("best_validation_accuracy")).isEqualTo(0.5);
        assertThat(completed.integer("best_epoch")).isEqualTo(1);
        assertThat(completed.integer("validation_images")).isEqualTo(20);
        assertThat((byte[]) ColumnType.BYTES.get(completed.row(), "validation_hits"))
                .containsExactly(0b111111, 0, 0);
        assertThat(completed.text("git_commit")).isEqualTo("abc123");
        assertThat(completed.text("form")).isEqualTo("channels-last-1");
        assertThat(completed.decimalOrNull("beta1")).isNull();
        StoredCells failed = new StoredCells(trials.get(1));
        assertThat(failed.decimalOrNull("final_validation_accuracy")).isNull();
        assertThat(failed.text("message")).isEqualTo("Cannot allocate 3 GiB");
        assertThat(failed.textOrNull("form")).isNull();
        assertThat(failed.number("params")).isEqualTo(1L << 40);
        StoredCells rejected = new StoredCells(trials.get(2));
        assertThat(rejected.textOrNull("trial_id")).isNull();
        assertThat(rejected.numberOrNull("params")).isNull();
        assertThat(rejected.text("message")).isEqualTo("Cannot split 100 channels into 3 groups");
        assertThat(rejected.integer("kernel")).isEqualTo(5);
    }

    @Test
    void theOtherTablesHoldTheirRows() {
        write(List.of(Rows.completed("a"), Rows.failed("b")), List.of());
        assertThat(read("epochs"))
                .extracting(row -> row.getString("trial_id", 0), row -> row.getDouble("validation_accuracy", 0))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 0.5),
                        org.assertj.core.groups.Tuple.tuple("a", 0.5),
                        org.assertj.core.groups.Tuple.tuple("a", 0.3));
        assertThat(read("latency"))
                .extracting(row -> row.getDouble("latency_p50_us", 0))
                .containsExactly(100.0);
        assertThat(read("layers")).extracting(row -> row.getLong("macs", 0)).containsExactly(14_112L);
    }

    @Test
    void tablesAreReplacedWholeAndNothingElseIsLeft() throws IOException {
        write(List.of(Rows.completed("a"), Rows.failed("b")), List.of());
        write(List.of(Rows.completed("c")), List.of());
        assertThat(read("trials"))
                .extracting(row -> row.getString("trial_id", 0))
                .containsExactly("c");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("trials.parquet", "epochs.parquet", "latency.parquet", "layers.parquet");
        }
    }

    @Test
    void anEmptyStudyHasTablesWithoutRows() {
        Tables.write(folder.toString(), CONFIGURATION, List.of(), Map.of(), List.of(), List.of(), List.of());
        assertThat(read("trials")).isEmpty();
        assertThat(read("layers")).isEmpty();
    }

    @Test
    void everyColumnIsExplainedInTheFile() throws IOException {
        write(List.of(Rows.completed("a")), List.of());
        for (String table : List.of("trials", "epochs", "latency", "layers")) {
            try (ParquetFileReader reader =
                    ParquetFileReader.open(new LocalInputFile(folder.resolve(table + ".parquet")))) {
                Map<String, String> notes = reader.getFileMetaData().getKeyValueMetaData();
                assertThat(notes).containsKeys("narrows.table", "narrows.schema-version");
                reader.getFileMetaData()
                        .getSchema()
                        .getFields()
                        .forEach(field -> assertThat(notes.get("narrows.column." + field.getName()))
                                .as(field.getName())
                                .endsWith("."));
            }
        }
    }

    private static Family family(String name, List<Knob<?>> knobs) {
        return new Family() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Knob<?>> knobs() {
                return knobs;
            }

            @Override
            public Layer build(Settings settings, Shape input, int classes) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static TrialLine line(String family, Settings settings) {
        return TrialLine.of(new RejectedRow("s", null, "v", family, settings, new Cost(1, 2, 3, 4), "no"));
    }

    @Test
    void aKnobIsAColumnOfItsTypeWhetherOrNotItHasAValue() {
        List<Family> families = List.of(
                family("absent", List.of(Knob.integer("never", 1, "Not here."))),
                family(
                        "one",
                        List.of(
                                Knob.integer("stem.width", 1, "A."),
                                Knob.integers("widths", 1, "B."),
                                Knob.decimalByStage("expansion", 0, "C."),
                                Knob.flag("linear", "D."),
                                Knob.integer("epochs", 1, "E.").orNone())),
                family("two", List.of(Knob.integer("expansion", 1, "C."))));
        List<TrialLine> lines = List.of(
                line("one", new Settings(Map.of("expansion", List.of(1.5, 2.0), "stem.width", 8))),
                line("two", new Settings(Map.of("expansion", 6))),
                line("unknown", new Settings(Map.of("odd", "word"))));
        Table<TrialLine> table = new Table<>("t", "", KnobColumns.of(families, lines, List.of()));
        assertThat(table.columns())
                .extracting(Column::name, Column::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("stem_width", ColumnType.INTEGER),
                        org.assertj.core.groups.Tuple.tuple("widths", ColumnType.INTEGERS),
                        org.assertj.core.groups.Tuple.tuple("expansion", ColumnType.DECIMAL),
                        org.assertj.core.groups.Tuple.tuple("expansion_by_stage", ColumnType.DECIMALS),
                        org.assertj.core.groups.Tuple.tuple("linear", ColumnType.FLAG),
                        org.assertj.core.groups.Tuple.tuple("knob_epochs", ColumnType.INTEGER),
                        org.assertj.core.groups.Tuple.tuple("odd", ColumnType.TEXT));
        MessageType type = table.type();
        assertThat(ColumnType.DECIMALS.get(table.group(type, lines.get(0)), "expansion_by_stage"))
                .isEqualTo(List.of(1.5, 2.0));
        assertThat(ColumnType.DECIMAL.get(table.group(type, lines.get(0)), "expansion"))
                .isNull();
        assertThat(ColumnType.DECIMAL.get(table.group(type, lines.get(1)), "expansion"))
                .isEqualTo(6.0);
    }
}
