package dev.narrows.results;

import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column a knob of the families in a table, in snake case.
 *
 * <p>A knob that may be given by stage has two: one for a value that holds for all stages, and {@code <knob>_by_stage}.
 * Knobs of one name in two families share a column of the wider type.
 */
final class KnobColumns {
    private final Map<String, KnobCells> knobs = new LinkedHashMap<>();

    /** The types of the cells of one knob. */
    private static final class KnobCells {
        private String meaning = "";
        private @Nullable ColumnType single;
        private @Nullable ColumnType list;
        private boolean alwaysList = true;
    }

    private KnobColumns() {}

    /**
     * The columns for these rows: of each of their families every knob, whether or not a row has a value.
     *
     * @param own columns of the table that are not knobs
     */
    static <R extends Configured> List<Column<R>> of(Collection<Family> families, List<R> rows, List<Column<R>> own) {
        KnobColumns columns = new KnobColumns();
        Set<String> present = new LinkedHashSet<>();
        rows.forEach(row -> present.add(row.family()));
        for (Family family : families) {
            if (present.contains(family.name())) {
                family.knobs().forEach(knob -> columns.add(family, knob));
            }
        }
        for (R row : rows) {
            row.settings().values().forEach(columns::add);
        }
        return columns.columns(own);
    }

    private void add(Family family, Knob<?> knob) {
        KnobCells cells = knobs.computeIfAbsent(knob.name(), name -> new KnobCells());
        String meaning = knob.meaning().endsWith(".") ? knob.meaning() : knob.meaning() + ".";
        if (cells.meaning.isEmpty()) {
            cells.meaning = meaning;
        } else if (!cells.meaning.contains(meaning)) {
            cells.meaning += " In %s: %s".formatted(family.name(), meaning);
        }
        ColumnType single = switch (knob.type()) {
            case INTEGER -> ColumnType.INTEGER;
            case DECIMAL -> ColumnType.DECIMAL;
            case FLAG -> ColumnType.FLAG;
            case WORD -> ColumnType.TEXT;
        };
        switch (knob.arity()) {
            case SCALAR -> addSingle(cells, single);
            case LIST -> addList(cells, listOf(single));
            case BY_STAGE -> {
                addSingle(cells, single);
                addList(cells, listOf(single));
            }
        }
    }

    private void add(String knob, @Nullable Object value) {
        KnobCells cells = knobs.computeIfAbsent(knob, name -> new KnobCells());
        if (value != null) {
            ColumnType type = SettingsColumn.type(knob, value);
            if (value instanceof List<?>) {
                addList(cells, type);
            } else {
                addSingle(cells, type);
            }
        }
    }

    private static void addSingle(KnobCells cells, ColumnType type) {
        cells.alwaysList = false;
        cells.single = wider(cells.single, type, ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.TEXT);
    }

    private static void addList(KnobCells cells, ColumnType type) {
        cells.list = wider(cells.list, type, ColumnType.INTEGERS, ColumnType.DECIMALS, ColumnType.TEXTS);
    }

    private static ColumnType wider(
            @Nullable ColumnType one, ColumnType other, ColumnType whole, ColumnType decimal, ColumnType text) {
        if (one == null || one == other) {
            return other;
        }
        return (one == whole || one == decimal) && (other == whole || other == decimal) ? decimal : text;
    }

    private static ColumnType listOf(ColumnType single) {
        return switch (single) {
            case INTEGER, INTEGERS -> ColumnType.INTEGERS;
            case DECIMAL, DECIMALS -> ColumnType.DECIMALS;
            case FLAG, FLAGS -> ColumnType.FLAGS;
            case TEXT, TEXTS, LONG, BYTES, INSTANT -> ColumnType.TEXTS;
        };
    }

    private <R extends Configured> List<Column<R>> columns(List<Column<R>> own) {
        // A knob has the name that it has in trials, so the columns of trials are taken in every table.
        Set<String> taken = new HashSet<>();
        TrialColumns.table(List.of()).columns().forEach(column -> taken.add(column.name()));
        own.forEach(column -> taken.add(column.name()));
        List<Column<R>> columns = new ArrayList<>();
        knobs.forEach((knob, cells) -> {
            String meaning = cells.meaning.isEmpty() ? "A knob of a family that was not there." : cells.meaning;
            String name = column(knob, taken);
            if (cells.single != null) {
                columns.add(column(knob, name, cells.single, meaning, false));
            }
            if (cells.list != null) {
                columns.add(
                        cells.alwaysList
                                ? column(knob, name, cells.list, meaning, true)
                                : column(
                                        knob,
                                        byStage(name),
                                        cells.list,
                                        "%s of each stage, where each was given its own.".formatted(name),
                                        true));
            }
        });
        return columns;
    }

    /**
     * The column of a knob.
     *
     * @param taken names of the columns that every trial has
     */
    static String column(String knob, Set<String> taken) {
        String plain = knob.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return taken.contains(plain) ? "knob_" + plain : plain;
    }

    /** The column of a knob's values by stage, beside the one for all stages. */
    static String byStage(String column) {
        return column + "_by_stage";
    }

    private static <R extends Configured> Column<R> column(
            String knob, String name, ColumnType type, String meaning, boolean list) {
        return Column.optional(name, type, meaning, row -> {
            Object value = row.settings().values().get(knob);
            return value instanceof List<?> == list ? value : null;
        });
    }
}
