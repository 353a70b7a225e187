package dev.narrows.results;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, written once: the file's schema, its rows and its documentation come from here.
 *
 * @param optional true where a cell may be null
 * @param meaning one sentence for a person, with the unit
 * @param value the cell of a row
 * @param <R> source of a row
 */
record Column<R>(String name, ColumnType type, boolean optional, String meaning, Function<R, @Nullable Object> value) {
    static <R> Column<R> required(String name, ColumnType type, String meaning, Function<R, Object> value) {
        return new Column<>(name, type, false, meaning, value);
    }

    static <R> Column<R> optional(String name, ColumnType type, String meaning, Function<R, @Nullable Object> value) {
        return new Column<>(name, type, true, meaning, value);
    }

    /** The same column of something that has an {@code R}. */
    <S> Column<S> of(Function<S, R> part) {
        return new Column<>(name, type, optional, meaning, row -> value.apply(part.apply(row)));
    }
}
