package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.FLAG;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.LONG;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.family.Family;
import dev.narrows.study.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code variants}: of measures by {@link Measure}, of knobs by {@link KnobColumns}. */
final class VariantColumns {
    private VariantColumns() {}

    /** {@code variants} with one column per knob of the families of its rows. */
    static Table<VariantRow> table(Collection<Family> families, List<VariantRow> rows) {
        return table(KnobColumns.of(families, rows, table(List.of()).columns()));
    }

    private static Table<VariantRow> table(List<Column<VariantRow>> knobs) {
        List<Column<VariantRow>> columns = new ArrayList<>(NAMES);
        for (Measure measure : Measure.values()) {
            columns.add(column(measure));
            if (measure == Measure.VALIDATION_ACCURACY) {
                columns.addAll(CERTAINTY);
                columns.addAll(SEARCHED);
                columns.addAll(ForetoldColumns.quality(
                        "Predicted quality of such a variant, by the study's objective on quality.",
                        VariantRow::foretold));
            } else if (measure == Measure.LATENCY_P50_US) {
                columns.addAll(LATENCY);
            }
        }
        columns.addAll(REST);
        columns.addAll(knobs);
        return new Table<>(
                "variants",
                "One row for each variant of the plan, also one without an ended trial: means over its"
                        + " seeds, each seed by its best training settings. Where the number of training images"
                        + " varies, one row for each variant and number.",
                columns);
    }

    private static final List<Column<VariantRow>> NAMES = List.of(
            Column.required("study", TEXT, "Name of the study.", VariantRow::study),
            Column.required(
                    "variant_id", TEXT, "Hash of the network and its input, as in trials.", VariantRow::variantId),
            Column.required(
                    "variant", TEXT, "Readable label of what varies; unique within a study.", VariantRow::variant),
            Column.required("family", TEXT, "Family of blocks.", VariantRow::family),
            Column.optional(
                    "train_images",
                    INTEGER,
                    "Training images of its trials; null where the study uses all, or no trial has ended.",
                    VariantRow::trainImages),
            Column.required("seeds", INTEGER, "Seeds with a completed trial.", VariantRow::seeds),
            Column.required("trials", INTEGER, "Ended trials, whatever came of them.", VariantRow::trials),
            Column.required(
                    "on_front",
                    FLAG,
                    "True on the Pareto front of the study's objectives: no other variant is better in one"
                            + " without being worse in another.",
                    VariantRow::front),
            Column.optional(
                    "front_probability",
                    DECIMAL,
                    "Share of bootstrap resamples (seeds and validation images) in which the variant is on"
                            + " the front, 0 to 1; null where it is unknown.",
                    VariantRow::frontProbability));

    private static final List<Column<VariantRow>> CERTAINTY = List.of(
            Column.optional(
                    "validation_accuracy_deviation",
                    DECIMAL,
                    "Standard deviation of validation_accuracy from seed to seed; null for fewer than two seeds.",
                    VariantRow::accuracyDeviation),
            Column.optional(
                    "best_probability",
                    DECIMAL,
                    "Share of bootstrap resamples in which the variant is the best by validation_accuracy, or by the"
                            + " measure of quality that the study chooses by, 0 to 1; null where it is unknown.",
                    VariantRow::bestProbability),
            ofBest(
                    "difference_from_best",
                    DECIMAL,
                    "Quality by that measure minus that of the best variant, paired over seeds and images, a"
                            + " share; null for the best.",
                    MeasuredDifference::value),
            ofBest(
                    "difference_from_best_low",
                    DECIMAL,
                    "Lower end of its 95 % interval over other seeds and other validation images; null"
                            + " where it is unknown.",
                    MeasuredDifference::low),
            ofBest("difference_from_best_high", DECIMAL, "Upper end of that interval.", MeasuredDifference::high),
            ofBest(
                    "difference_from_best_settled",
                    FLAG,
                    "True where that interval excludes 0.",
                    MeasuredDifference::settled),
            Column.optional(
                    "further_seeds",
                    INTEGER,
                    "Further seeds of it and of its rivals that would settle whether it is on the front,"
                            + " if qualities and variances stay as they are; 0 where it is settled, null where"
                            + " further_seeds_reason says why.",
                    VariantRow::furtherSeeds),
            Column.optional(
                    "further_seeds_reason",
                    TEXT,
                    "Reason for a missing further_seeds.",
                    VariantRow::furtherSeedsReason));

    private static final List<Column<VariantRow>> SEARCHED = List.of(
            Column.optional(
                    "search",
                    TEXT,
                    "trained, open (a search may train it yet), paused (its trial stopped early) or skipped (a search"
                            + " ended without it); null where the whole grid is trained.",
                    VariantRow::search),
            ForetoldColumns.column(
                    "front_chance",
                    DECIMAL,
                    "Chance of a variant that a search has not trained to be on the front within search.tolerance,"
                            + " 0 to 1; null for a trained one.",
                    VariantRow::foretold,
                    Foretold::chance));

    private static final List<Column<VariantRow>> LATENCY = List.of(
            latency(
                    "latency_p50_low_us",
                    "Lower end of the 95 % interval of latency_p50_us over other measurements on the same"
                            + " host, in microseconds.",
                    VariantRow::latency,
                    MeasuredLatency::low),
            latency("latency_p50_high_us", "Upper end of that interval.", VariantRow::latency, MeasuredLatency::high),
            latency(
                    "latency_relative",
                    "latency_p10_us as a multiple of the reference kernel of the pass, which repeats best"
                            + " on a noisy host; null in rows of earlier versions.",
                    VariantRow::relativeLatency,
                    MeasuredLatency::value),
            latency(
                    "latency_relative_low",
                    "Lower end of its 95 % interval.",
                    VariantRow::relativeLatency,
                    MeasuredLatency::low),
            latency(
                    "latency_relative_high",
                    "Upper end of that interval.",
                    VariantRow::relativeLatency,
                    MeasuredLatency::high));

    private static Column<VariantRow> latency(
            String name,
            String meaning,
            Function<VariantRow, @Nullable MeasuredLatency> latency,
            Function<MeasuredLatency, Double> value) {
        return Column.optional(name, DECIMAL, meaning, row -> {
            MeasuredLatency known = latency.apply(row);
            return known == null ? null : value.apply(known);
        });
    }

    private static final List<Column<VariantRow>> REST = List.of(
            Column.required(
                    "network_depth",
                    INTEGER,
                    "Convolutions and linear layers on the longest way from input to output.",
                    row -> row.cost().depth()),
            Column.optional(
                    "unstable_latency",
                    FLAG,
                    "True where the interquartile range of any probe of it is more than a tenth of the"
                            + " median; null where no latency was measured.",
                    VariantRow::unstableLatency),
            Column.required("schema_version", INTEGER, "Version of this schema.", row -> Table.SCHEMA_VERSION));

    private static Column<VariantRow> ofBest(
            String name, ColumnType type, String meaning, Function<MeasuredDifference, @Nullable Object> value) {
        return Column.optional(name, type, meaning, row -> {
            MeasuredDifference difference = row.fromBest();
            return difference == null ? null : value.apply(difference);
        });
    }

    private static Column<VariantRow> column(Measure measure) {
        String meaning = measure.meaning();
        String sentence = Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + of(measure);
        return switch (measure.unit()) {
            case COUNT, BYTES -> Column.optional(measure.word(), LONG, sentence, row -> whole(row, measure));
            case SHARE, SECONDS, MICROS, RATE ->
                Column.optional(
                        measure.word(), DECIMAL, sentence, row -> row.measures().get(measure));
        };
    }

    private static String of(Measure measure) {
        return switch (measure.unit()) {
            case COUNT -> ".";
            case SHARE -> ", 0 to 1; mean over the seeds.";
            case BYTES -> "; mean over the seeds.";
            case SECONDS -> "; mean over the seeds.";
            case MICROS -> ", in microseconds.";
            case RATE -> measure.isLatency() ? "." : "; mean over the seeds.";
        };
    }

    private static @Nullable Long whole(VariantRow row, Measure measure) {
        Double value = row.measures().get(measure);
        return value == null ? null : Math.round(value);
    }
}
