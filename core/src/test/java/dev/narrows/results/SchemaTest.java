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
        return TrialColumns.table(families, lines);
    }

    /** {@code variants} of a study that has every family there is. */
    private static Table<VariantRow> variants() {
        List<Family> families = Families.load().all();
        List<VariantRow> rows = families.stream()
                .map(family -> Rows.variant(family.name(), new Settings(Map.of())))
                .toList();
        return VariantColumns.table(families, rows);
    }

    private static List<Table<?>> tables() {
        return List.of(
                variants(),
                EffectColumns.TABLE,
                PairColumns.TABLE,
                SearchColumns.TABLE,
                trials(),
                EpochColumns.TABLE,
                LatencyColumns.TABLE,
                LayerColumns.TABLE);
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

                A [study](glossary.md#what-you-ask-for) leaves seven Parquet files in its results folder, and an \
                eighth where it is searched. Each is \
                replaced whole, so they can be read \
                at any moment, also while the study runs.

                | question | table | columns |
                |---|---|---|
                | Which variants are worth a look? | [variants](#variantsparquet) | `on_front`, `front_probability`, \
                `validation_accuracy`, `params`, `macs`, `latency_p50_us` |
                | What does a knob do? | [effects](#effectsparquet) | `axis`, `from_value`, `to_value`, `measure`, \
                `difference`, `difference_low`, `difference_high`, `pairs` |
                | Is this variant better than that one? | [pairs](#pairsparquet) | `variant`, `other`, `difference`, \
                `difference_low`, `difference_high`, `settled` |
                | How many more seeds would settle it? | [variants](#variantsparquet), [pairs](#pairsparquet) | \
                `further_seeds`, `further_seeds_reason` |
                | What did a search train, and why? | [search](#searchparquet) | `decision`, `chance`, \
                `predicted_quality`, `ledger` |
                | What came of one training? | [trials](#trialsparquet) | `outcome`, `message`, \
                `final_validation_accuracy`, `train_seconds` |
                | How did it learn? | [epochs](#epochsparquet) | `epoch`, `train_loss`, `validation_accuracy` |
                | How fast is it? | [latency](#latencyparquet) | `latency_p50_us`, `latency_relative`, `unstable` |
                | Where are the costs? | [layers](#layersparquet) | `block`, `params`, `macs`, `activations` |

                ```python
                import pandas
                variants = pandas.read_parquet("results/quickstart/variants.parquet")
                variants[variants.on_front].sort_values("params")[["variant", "validation_accuracy", \
                "front_probability", "params", "latency_p50_us"]]
                ```

                The first four tables hold conclusions. They come from the same computation as the report, `narrows \
                best` and `narrows compare`, so the numbers are the same. The other four hold facts.

                - Differences in quality are those of the measure of quality that the study chooses by: where its \
                objectives name none, mean IoU for masks, else accuracy. They are paired over seeds and validation \
                images. Their 95 % intervals hold over \
                other seeds and other images from the same source; seed variances are moderated over the variants of \
                the study. A quality by itself has no interval, because seeds and images move all variants together.
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
                - `validation_counts` and `validation_classes` hold unsigned LEB128 numbers: seven bits per byte, the \
                lowest first, the eighth set where more follow. The overlap, accuracy and balanced accuracy of a trial \
                follow from the sums of its counts.
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
        assertThat(variants().columns())
                .extracting(Column::name)
                .contains(("variant_id variant family seeds on_front front_probability validation_accuracy "
                                + "difference_from_best_low difference_from_best_high further_seeds params macs "
                                + "latency_p50_us mid_ratio kernel")
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
