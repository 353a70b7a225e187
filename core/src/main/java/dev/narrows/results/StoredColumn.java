package dev.narrows.results;

import org.jspecify.annotations.Nullable;

/**
 * A column that is read back as well as written, by the same description.
 *
 * @param <R> source of a row
 * @param <T> Java type of its cells
 */
record StoredColumn<R, T>(Column<R> column) {
    /**
     * The cell of a row that was read.
     *
     * @throws IllegalStateException where the row has none
     */
    T of(StoredCells cells) {
        T value = orNull(cells);
        if (value == null) {
            throw new IllegalStateException("it has no " + column.name());
        }
        return value;
    }

    /** The cell, or what rows have that were written before there was this column. */
    T or(StoredCells cells, T before) {
        T value = orNull(cells);
        return value == null ? before : value;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    T orNull(StoredCells cells) {
        return (T) column.type().get(cells.row(), column.name());
    }
}
