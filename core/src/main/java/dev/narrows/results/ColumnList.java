package dev.narrows.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns in the order in which they are described. */
final class ColumnList<R> {
    private final List<Column<R>> columns = new ArrayList<>();

    /** A column whose cells are never null. */
    <T> StoredColumn<R, T> required(String name, ColumnType type, String meaning, Function<R, T> value) {
        return stored(new Column<>(name, type, false, meaning, value::apply));
    }

    /** A column whose cells may be null. */
    <T> StoredColumn<R, T> optional(String name, ColumnType type, String meaning, Function<R, @Nullable T> value) {
        return stored(new Column<>(name, type, true, meaning, value::apply));
    }

    /** A column that follows from others, and so is not read back. */
    ColumnList<R> derived(String name, ColumnType type, String meaning, Function<R, @Nullable Object> value) {
        columns.add(Column.optional(name, type, meaning, value));
        return this;
    }

    <T> StoredColumn<R, T> stored(Column<R> column) {
        columns.add(column);
        return new StoredColumn<>(column);
    }

    List<Column<R>> list() {
        return List.copyOf(columns);
    }
}
