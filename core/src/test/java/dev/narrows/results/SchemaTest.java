package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The schema is what others rely on: it is written down twice, as Parquet and for people, and neither may drift.
 *
 * <p>After a change that is meant, {@code NARROWS_WRITE_GOLDEN=1 mvn -pl core test -Dtest=SchemaTest}
 * writes both anew; a change of a column that exists needs a new schema version as well.
 */
class SchemaTest {
    private static final boolean WRITE = System.getenv("NARROWS_WRITE_GOLDEN") != null;
    private static final Path GOLDEN = Path.of("src/test/resources/dev/narrows/results/schema.txt");
    private static final Path DOCUMENT = Path.of("../docs/tables.md");

    /** {@code trials} of a study that has every family there is. */
    private static Table<TrialLine> trials() {
        List<Family> families = Families.load().all();
        List<TrialLine> lines = families.stream()
                .map(family -> TrialLine.of(
                        new RejectedRow("study", null, "", family.name(), new Settings(Map.of()), null, "no")))
                .toList();
        return TrialColumns.table(KnobColumns.of(families, lines));
    }

    private static List<Table<?>> tables() {
        return List.of(trials(), EpochColumns.TABLE, LatencyColumns.TABLE, LayerColumns.TABLE);
    }

    @Test
    void theSchemaIsTheGoldenOne() throws IOException {
        StringBuilder schema = new StringBuilder("version " + Table.SCHEMA_VERSION + "\n");
        tables().forEach(table -> schema.append('\n').append(table.type()));
        check(GOLDEN, schema.toString());
    }

    @Test
    void theDocumentSaysWhatTheSchemaIs() throws IOException {
        StringBuilder document = new StringBuilder("""
                # The result tables

                A [study](glossary.md#what-you-ask-for) leaves four Parquet files in its results folder. They are \
                replaced whole, so they can be read \
                at any moment, also while the study runs.

                ```python
                import pandas
                trials = pandas.read_parquet("results/quickstart/trials.parquet")
                ```

                - What was not measured is null. Units stand in the names of columns; accuracies are shares from 0 to 1.
                - `final_` decides; `best_` is too high and decides nothing; `test_` is for the variants that were \
                chosen.
                - A knob of a family is a column in snake case (`mid-ratio` is `mid_ratio`, `stem.width` is \
                `stem_width`), there for the families of the study, and null for families without it.
                  A knob that may be given by stage has a second column, `<knob>_by_stage`: one of the two has the \
                value.
                - `validation_hits` holds one bit per image: `numpy.unpackbits(numpy.frombuffer(hits, "uint8"), \
                bitorder="little")[:int(validation_images)]`. Trials of one study and split have them in the same \
                order, so two variants are compared image by image.
                - Every meaning below stands in the files too, under the key `narrows.column.<name>` of their metadata.

                This page is made from the schema; `SchemaTest` says how, and holds it to it.
                """);
        for (Table<?> table : tables()) {
            document.append("\n## %s.parquet\n\n%s\n\n| column | type | null | meaning |\n|---|---|---|---|\n"
                    .formatted(table.name(), table.meaning()));
            table.columns()
                    .forEach(column -> document.append("| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    column.name(),
                                    column.type().word(),
                                    column.optional() ? "yes" : "no",
                                    column.meaning().replace("|", "\\|"))));
        }
        check(DOCUMENT, document.toString());
    }

    private static void check(Path file, String expected) throws IOException {
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }

    @Test
    void theNamesThatOthersRelyOnAreThere() {
        assertThat(trials().columns())
                .extracting(Column::name)
                .contains(("trial_id variant_id study variant family seed outcome message params macs activations "
                                + "final_validation_accuracy best_validation_accuracy best_epoch test_accuracy "
                                + "train_seconds images_per_second peak_memory_bytes inference_memory_bytes precision "
                                + "threads device host processor")
                        .split(" "));
        assertThat(LatencyColumns.TABLE.columns())
                .extracting(Column::name)
                .startsWith(("variant_id variant device precision threads batch_size latency_p50_us latency_p90_us "
                                + "latency_p99_us latency_iqr_us unstable")
                        .split(" "))
                .contains("host", "processor");
    }

    @Test
    void noColumnStandsTwice() {
        tables().forEach(table ->
                assertThat(table.columns()).extracting(Column::name).doesNotHaveDuplicates());
    }
}
