package dev.narrows.results;

import dev.narrows.trial.Overlap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The two columns of an overlap; null where images have labels and no masks. */
record OverlapColumns<R>(StoredColumn<R, Double> meanIou, StoredColumn<R, Double> dice) {
    static <R> OverlapColumns<R> of(
            ColumnList<R> columns,
            String meanIou,
            String meaningOfMeanIou,
            String dice,
            String meaningOfDice,
            Function<R, @Nullable Overlap> overlap) {
        return new OverlapColumns<>(
                columns.optional(meanIou, ColumnType.DECIMAL, meaningOfMeanIou, row -> meanIou(overlap.apply(row))),
                columns.optional(dice, ColumnType.DECIMAL, meaningOfDice, row -> dice(overlap.apply(row))));
    }

    static @Nullable Double meanIou(@Nullable Overlap overlap) {
        return overlap == null ? null : overlap.meanIou();
    }

    static @Nullable Double dice(@Nullable Overlap overlap) {
        return overlap == null ? null : overlap.dice();
    }

    @Nullable
    Overlap read(StoredCells cells) {
        Double iou = meanIou.orNull(cells);
        Double coefficient = dice.orNull(cells);
        return iou == null || coefficient == null ? null : new Overlap(iou, coefficient);
    }
}
