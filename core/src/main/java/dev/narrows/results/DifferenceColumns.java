package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.FLAG;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.TEXT;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of the certainty of a difference in quality, in every derived table that has one. */
final class DifferenceColumns {
    private DifferenceColumns() {}

    /** The columns of a row that may have such a difference. */
    static <R> List<Column<R>> of(Function<R, @Nullable MeasuredDifference> difference) {
        return List.of(
                column(
                        "difference_low",
                        DECIMAL,
                        "Lower end of the 95 % interval of difference, over other seeds and other"
                                + " validation images; null where reason says why.",
                        difference,
                        MeasuredDifference::low),
                column("difference_high", DECIMAL, "Upper end of that interval.", difference, MeasuredDifference::high),
                column("settled", FLAG, "True where the interval excludes 0.", difference, MeasuredDifference::settled),
                column(
                        "images_error",
                        DECIMAL,
                        "Standard error of difference from the validation images, a share; more seeds do"
                                + " not reduce it.",
                        difference,
                        MeasuredDifference::imagesError),
                column(
                        "seeds_error",
                        DECIMAL,
                        "Standard error of difference from the seeds, a share, by variances moderated over"
                                + " the variants of the study.",
                        difference,
                        MeasuredDifference::seedsError),
                column(
                        "common_seeds",
                        INTEGER,
                        "Seeds that both sides have; the fewest of any pair where it is a mean over pairs.",
                        difference,
                        MeasuredDifference::seeds),
                column(
                        "common_images",
                        INTEGER,
                        "Validation images that both sides were judged by; null where unknown.",
                        difference,
                        MeasuredDifference::images),
                column("reason", TEXT, "Reason for a missing interval.", difference, MeasuredDifference::reason),
                column(
                        "further_seeds",
                        INTEGER,
                        "Further seeds of each variant that would settle the difference, if it and the"
                                + " variances stay as they are; 0 where it is settled, null where"
                                + " further_seeds_reason says why.",
                        difference,
                        MeasuredDifference::furtherSeeds),
                column(
                        "further_seeds_reason",
                        TEXT,
                        "Reason for a missing further_seeds.",
                        difference,
                        MeasuredDifference::furtherSeedsReason));
    }

    private static <R> Column<R> column(
            String name,
            ColumnType type,
            String meaning,
            Function<R, @Nullable MeasuredDifference> difference,
            Function<MeasuredDifference, @Nullable Object> value) {
        return Column.optional(name, type, meaning, row -> {
            MeasuredDifference known = difference.apply(row);
            return known == null ? null : value.apply(known);
        });
    }
}
