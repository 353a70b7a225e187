package dev.narrows.results;

import dev.narrows.family.Families;
import dev.narrows.family.Knob;
import dev.narrows.family.Settings;
import dev.narrows.study.setting.TrainingSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Rows of the public {@code trials} table as rows of the journal, which has the one reading of a trial. */
final class PublicRows {
    private final Families families = Families.load();
    private final Set<String> common = new HashSet<>();

    PublicRows() {
        TrialColumns.table(List.of()).columns().forEach(column -> common.add(column.name()));
    }

    /** @param epochs of the trial, in their order */
    TrialRow trial(Group row, List<Group> epochs) {
        Group journal = new SimpleGroup(JournalRows.TYPE);
        copy(row, journal);
        // The table does not tell the precision that was asked for from the one that was computed in.
        String asked = TrainingSettings.PRECISION.cells().get(0).name();
        journal.add(asked, row.getString("precision", 0).toUpperCase(Locale.ROOT));
        SettingsColumn.put(journal, settings(row));
        Group nested = journal.addGroup(JournalRows.EPOCHS);
        epochs.forEach(epoch -> copy(epoch, nested.addGroup("list").addGroup("element")));
        return JournalRows.read(journal);
    }

    /** Copies the fields that both have under one name; one description of the column gave them one type. */
    private static void copy(Group from, Group to) {
        GroupType type = to.getType();
        for (Type field : type.getFields()) {
            String name = field.getName();
            if (!from.getType().containsField(name) || from.getFieldRepetitionCount(name) == 0) {
                continue;
            }
            if (!field.isPrimitive()) {
                to.add(name, from.getGroup(name, 0));
                continue;
            }
            switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                case INT32 -> to.add(name, from.getInteger(name, 0));
                case INT64 -> to.add(name, from.getLong(name, 0));
                case DOUBLE -> to.add(name, from.getDouble(name, 0));
                case BOOLEAN -> to.add(name, from.getBoolean(name, 0));
                case BINARY -> to.add(name, from.getBinary(name, 0));
                case FLOAT, INT96, FIXED_LEN_BYTE_ARRAY ->
                    throw new IllegalStateException("Cannot read %s: no column is of its type".formatted(name));
            }
        }
    }

    private Settings settings(Group row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        families.find(row.getString("family", 0))
                .ifPresentOrElse(
                        family -> family.knobs().forEach(knob -> values.put(knob.name(), value(row, knob))),
                        () -> unknown(row, values));
        return new Settings(values);
    }

    private @Nullable Object value(Group row, Knob<?> knob) {
        String column = KnobColumns.column(knob.name(), common);
        return switch (knob.arity()) {
            case SCALAR -> single(row, column, knob.type());
            case LIST -> list(row, column, knob.type());
            case BY_STAGE -> {
                Object value = single(row, column, knob.type());
                yield value == null ? list(row, KnobColumns.byStage(column), knob.type()) : value;
            }
        };
    }

    /** Another family may have made the column wider than the knob. */
    private static @Nullable Object single(Group row, String column, Knob.Type type) {
        Object value = plain(row, column);
        return value == null || value instanceof List<?> ? null : narrowed(value, type);
    }

    private static @Nullable Object list(Group row, String column, Knob.Type type) {
        return plain(row, column) instanceof List<?> values
                ? values.stream().map(value -> narrowed(value, type)).toList()
                : null;
    }

    private static Object narrowed(Object value, Knob.Type type) {
        return switch (type) {
            case INTEGER -> value instanceof Number number ? (Object) number.intValue() : value;
            case DECIMAL -> value instanceof Number number ? (Object) number.doubleValue() : value;
            case FLAG, WORD -> value;
        };
    }

    /** The knobs by the names of their columns, for a family whose jar is missing. */
    private void unknown(Group row, Map<String, @Nullable Object> values) {
        for (Type field : row.getType().getFields()) {
            Object value = common.contains(field.getName()) ? null : plain(row, field.getName());
            if (value != null) {
                values.put(field.getName(), value);
            }
        }
    }

    /** A scalar or a list of them, by the type of its column; null where the row has none. */
    private static @Nullable Object plain(Group row, String column) {
        if (!row.getType().containsField(column) || row.getFieldRepetitionCount(column) == 0) {
            return null;
        }
        Type field = row.getType().getType(column);
        boolean list = !field.isPrimitive();
        Type element = list ? field.asGroupType().getType(0).asGroupType().getType(0) : field;
        ColumnType type = switch (element.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> list ? ColumnType.INTEGERS : ColumnType.INTEGER;
            case DOUBLE -> list ? ColumnType.DECIMALS : ColumnType.DECIMAL;
            case BOOLEAN -> list ? ColumnType.FLAGS : ColumnType.FLAG;
            case BINARY -> list ? ColumnType.TEXTS : ColumnType.TEXT;
            case INT64, FLOAT, INT96, FIXED_LEN_BYTE_ARRAY ->
                throw new IllegalStateException("Cannot read %s: no knob is of its type".formatted(column));
        };
        return type.get(row, column);
    }
}
