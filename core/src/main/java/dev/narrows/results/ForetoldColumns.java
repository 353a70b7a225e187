package dev.narrows.results;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a prediction, in every derived table that has one. */
final class ForetoldColumns {
    private ForetoldColumns() {}

    /**
     * The predicted quality and its interval.
     *
     * @param meaning of the quality
     */
    static <R> List<Column<R>> quality(String meaning, Function<R, @Nullable Foretold> foretold) {
        return List.of(
                column("predicted_quality", ColumnType.DECIMAL, meaning, foretold, Foretold::quality),
                column(
                        "predicted_quality_low",
                        ColumnType.DECIMAL,
                        "Lower end of its 95 % interval.",
                        foretold,
                        Foretold::low),
                column(
                        "predicted_quality_high",
                        ColumnType.DECIMAL,
                        "Upper end of that interval.",
                        foretold,
                        Foretold::high));
    }

    static <R> Column<R> column(
            String name,
            ColumnType type,
            String meaning,
            Function<R, @Nullable Foretold> foretold,
            Function<Foretold, @Nullable Object> value) {
        return Column.optional(name, type, meaning, row -> {
            Foretold known = foretold.apply(row);
            return known == null ? null : value.apply(known);
        });
    }
}
