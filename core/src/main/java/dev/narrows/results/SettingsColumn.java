package dev.narrows.results;

import dev.narrows.family.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The choice of every knob in one nested column, which the journal keeps: its schema is the same whatever the family,
 * and values come back with the types that they went in with.
 */
final class SettingsColumn {
    private static final List<ColumnType> TYPES = List.of(
            ColumnType.INTEGER,
            ColumnType.DECIMAL,
            ColumnType.FLAG,
            ColumnType.TEXT,
            ColumnType.INTEGERS,
            ColumnType.DECIMALS,
            ColumnType.FLAGS,
            ColumnType.TEXTS);

    private SettingsColumn() {}

    static final String NAME = "settings";

    static Type field() {
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> element =
                Types.buildGroup(Type.Repetition.REQUIRED).addField(ColumnType.TEXT.field("knob", false));
        for (ColumnType type : TYPES) {
            element.addField(type.field(type.name().toLowerCase(java.util.Locale.ROOT), true));
        }
        return Types.list(Type.Repetition.REQUIRED)
                .element(element.named("element"))
                .named(NAME);
    }

    static void put(Group row, Settings settings) {
        Group entries = row.addGroup(NAME);
        settings.values().forEach((knob, value) -> {
            Group entry = entries.addGroup("list").addGroup("element");
            entry.add("knob", knob);
            if (value != null) {
                ColumnType type = type(knob, value);
                type.put(entry, type.name().toLowerCase(java.util.Locale.ROOT), value);
            }
        });
    }

    static Settings get(Group row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Group entries = row.getGroup(NAME, 0);
        for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
            Group entry = entries.getGroup(0, i).getGroup("element", 0);
            Object value = null;
            for (ColumnType type : TYPES) {
                Object found = type.get(entry, type.name().toLowerCase(java.util.Locale.ROOT));
                value = found == null ? value : found;
            }
            values.put(entry.getString("knob", 0), value);
        }
        return new Settings(values);
    }

    /** The type that holds a plain value; numbers of a list that are not all whole are decimals. */
    static ColumnType type(String knob, Object value) {
        if (value instanceof List<?> list) {
            if (list.stream().allMatch(Integer.class::isInstance)) {
                return ColumnType.INTEGERS;
            }
            if (list.stream().allMatch(Number.class::isInstance)) {
                return ColumnType.DECIMALS;
            }
            return list.stream().allMatch(Boolean.class::isInstance) ? ColumnType.FLAGS : ColumnType.TEXTS;
        }
        if (value instanceof Integer) {
            return ColumnType.INTEGER;
        }
        if (value instanceof Double) {
            return ColumnType.DECIMAL;
        }
        if (value instanceof Boolean) {
            return ColumnType.FLAG;
        }
        if (value instanceof String) {
            return ColumnType.TEXT;
        }
        throw new IllegalArgumentException("Cannot write %s = %s: a knob holds numbers, words, flags or lists, not %s"
                .formatted(knob, value, value.getClass().getSimpleName()));
    }
}
