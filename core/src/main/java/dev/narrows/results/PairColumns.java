package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.FLAG;
import static dev.narrows.results.ColumnType.TEXT;

import java.util.ArrayList;
import java.util.List;

/** The columns of {@code pairs}. */
final class PairColumns {
    private PairColumns() {}

    static final Table<PairRow> TABLE = table();

    private static Table<PairRow> table() {
        List<Column<PairRow>> columns = new ArrayList<>(List.of(
                Column.required("study", TEXT, "Name of the study.", PairRow::study),
                Column.required("variant_id", TEXT, "One variant, as in variants.", PairRow::variantId),
                Column.required("variant", TEXT, "Its label.", PairRow::variant),
                Column.required("on_front", FLAG, "True where it is on the Pareto front.", PairRow::front),
                Column.required("other_id", TEXT, "The variant that it is compared with.", PairRow::otherId),
                Column.required("other", TEXT, "The label of that one.", PairRow::other),
                Column.required(
                        "other_on_front", FLAG, "True where that one is on the Pareto front.", PairRow::otherFront),
                Column.required(
                        "rivals",
                        FLAG,
                        "True where only quality decides between the two: one of them is no worse in"
                                + " every other objective.",
                        PairRow::rivals),
                Column.optional(
                        "params_ratio",
                        DECIMAL,
                        "Parameters of variant by those of other; null where other has none.",
                        PairRow::paramsRatio),
                Column.optional(
                        "macs_ratio",
                        DECIMAL,
                        "Multiply-accumulates of variant by those of other; null where other has none.",
                        PairRow::macsRatio),
                Column.optional(
                        "difference",
                        DECIMAL,
                        "Quality of variant minus that of other, paired over seeds and images, a share: of"
                                + " validation_accuracy, or of the measure of quality that the study chooses by.",
                        row -> row.difference().value())));
        columns.addAll(DifferenceColumns.of(PairRow::difference));
        return new Table<>(
                "pairs",
                "One row for each ordered pair of variants that have a quality, so each pair stands"
                        + " twice, once from each side. A study of more than 64 such variants has only the pairs"
                        + " that decide which variants are on the Pareto front: each variant with its best rivals.",
                columns);
    }
}
