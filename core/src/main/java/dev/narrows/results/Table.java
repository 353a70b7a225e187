package dev.narrows.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A kind of table: its columns in order.
 *
 * @param name the file is {@code <name>.parquet}
 * @param meaning meaning of one row
 */
record Table<R>(String name, String meaning, List<Column<R>> columns) {
    /** The name of a schema in every file, and its version in every row; a change of either needs a new one. */
    static final int SCHEMA_VERSION = 1;

    Table {
        columns = List.copyOf(columns);
    }

    MessageType type() {
        return Types.buildMessage().addFields(fields()).named(name);
    }

    Type[] fields() {
        return columns.stream()
                .map(column -> column.type().field(column.name(), column.optional()))
                .toArray(Type[]::new);
    }

    /** A row in the shape of {@link #type}, or of a group with these fields among others. */
    Group group(GroupType type, R row) {
        Group group = new SimpleGroup(type);
        fill(group, row);
        return group;
    }

    void fill(Group group, R row) {
        for (Column<R> column : columns) {
            Object value = column.value().apply(row);
            if (value != null) {
                column.type().put(group, column.name(), value);
            } else if (!column.optional()) {
                throw new IllegalStateException(
                        "Cannot write a row of %s: %s has no value".formatted(name, column.name()));
            }
        }
    }

    /** The meanings of the columns, for the file's own key-value metadata. */
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("narrows.table", meaning);
        notes.put("narrows.schema-version", Integer.toString(SCHEMA_VERSION));
        for (Column<R> column : columns) {
            notes.put("narrows.column." + column.name(), column.meaning());
        }
        return notes;
    }
}
