package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.TEXT;

import java.util.ArrayList;
import java.util.List;

/** The columns of {@code effects}. */
final class EffectColumns {
    private EffectColumns() {}

    static final Table<EffectRow> TABLE = table();

    private static Table<EffectRow> table() {
        List<Column<EffectRow>> columns = new ArrayList<>(List.of(
                Column.required("study", TEXT, "Name of the study.", EffectRow::study),
                Column.required("family", TEXT, "Family of blocks.", EffectRow::family),
                Column.required("axis", TEXT, "Knob that the study varies, as in study files.", EffectRow::axis),
                Column.required("from_value", TEXT, "Its value before the step, as in labels.", EffectRow::from),
                Column.required("to_value", TEXT, "Its value after the step.", EffectRow::to),
                Column.required(
                        "measure",
                        TEXT,
                        "Measure that the row is about, a column of variants.",
                        row -> row.measure().word()),
                Column.required("pairs", INTEGER, "Pairs of variants that differ only in the axis.", EffectRow::pairs),
                Column.optional(
                        "difference",
                        DECIMAL,
                        "Mean over the pairs of the measure after the step minus before it, in its unit;"
                                + " accuracies are shares.",
                        EffectRow::value),
                Column.optional(
                        "ratio",
                        DECIMAL,
                        "Geometric mean over the pairs of the measure after the step by that before it;"
                                + " null where a value is not positive.",
                        EffectRow::ratio)));
        columns.addAll(DifferenceColumns.of(EffectRow::quality));
        return new Table<>(
                "effects",
                "One row for each step of an axis (each value to the next, and the first to the last) and"
                        + " each measure that all variants of its pairs have. Only the measure of quality that the"
                        + " study chooses by has an interval (where it names none, validation_mean_iou for masks, else"
                        + " validation_accuracy); params, macs and activations are exact, and the certainty of the"
                        + " others is not known.",
                columns);
    }
}
