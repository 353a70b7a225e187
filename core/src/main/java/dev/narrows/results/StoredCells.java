package dev.narrows.results;

import java.util.List;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

/** The cells of a row as a Parquet file holds them. */
record StoredCells(Group row) {
    String text(String name) {
        return required(name, textOrNull(name));
    }

    @Nullable
    String textOrNull(String name) {
        return (String) ColumnType.TEXT.get(row, name);
    }

    /** The text, or another where the row lacks it. */
    String textOr(String name, String otherwise) {
        String text = textOrNull(name);
        return text == null ? otherwise : text;
    }

    /** Likewise. */
    List<Integer> integersOr(String name, List<Integer> otherwise) {
        Object values = ColumnType.INTEGERS.get(row, name);
        return values instanceof List<?> list
                ? list.stream().map(Integer.class::cast).toList()
                : otherwise;
    }

    int integer(String name) {
        return required(name, integerOrNull(name));
    }

    @Nullable
    Integer integerOrNull(String name) {
        return (Integer) ColumnType.INTEGER.get(row, name);
    }

    long number(String name) {
        return required(name, numberOrNull(name));
    }

    @Nullable
    Long numberOrNull(String name) {
        return (Long) ColumnType.LONG.get(row, name);
    }

    double decimal(String name) {
        return required(name, decimalOrNull(name));
    }

    @Nullable
    Double decimalOrNull(String name) {
        return (Double) ColumnType.DECIMAL.get(row, name);
    }

    boolean flag(String name) {
        return required(name, (Boolean) ColumnType.FLAG.get(row, name));
    }

    /** The flag, or the one that rows had before there was a choice. */
    boolean flagOr(String name, boolean before) {
        Boolean flag = (Boolean) ColumnType.FLAG.get(row, name);
        return flag == null ? before : flag;
    }

    /** Likewise. */
    double decimalOr(String name, double before) {
        Double value = decimalOrNull(name);
        return value == null ? before : value;
    }

    /** The constant that a word of a table or of an older row stands for. */
    static <E extends Enum<E>> E constant(String word, Class<E> type) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The entries of a list of groups. */
    List<StoredCells> entries(String name) {
        Group list = row.getGroup(name, 0);
        return java.util.stream.IntStream.range(0, list.getFieldRepetitionCount(0))
                .mapToObj(i -> new StoredCells(list.getGroup(0, i).getGroup("element", 0)))
                .toList();
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("it has no " + name);
        }
        return value;
    }
}
