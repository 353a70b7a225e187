package dev.narrows.results;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The type of a column, in Java and in Parquet. */
enum ColumnType {
    TEXT("text", PrimitiveTypeName.BINARY, false),
    INTEGER("int32", PrimitiveTypeName.INT32, false),
    LONG("int64", PrimitiveTypeName.INT64, false),
    DECIMAL("double", PrimitiveTypeName.DOUBLE, false),
    FLAG("boolean", PrimitiveTypeName.BOOLEAN, false),
    BYTES("binary", PrimitiveTypeName.BINARY, false),
    /** Milliseconds since 1970, as a {@link Long}. */
    INSTANT("timestamp", PrimitiveTypeName.INT64, false),
    TEXTS("list of text", PrimitiveTypeName.BINARY, true),
    INTEGERS("list of int32", PrimitiveTypeName.INT32, true),
    DECIMALS("list of double", PrimitiveTypeName.DOUBLE, true),
    FLAGS("list of boolean", PrimitiveTypeName.BOOLEAN, true);

    private final String word;
    private final PrimitiveTypeName physical;
    private final boolean list;

    ColumnType(String word, PrimitiveTypeName physical, boolean list) {
        this.word = word;
        this.physical = physical;
        this.list = list;
    }

    /** The name in documents. */
    String word() {
        return word;
    }

    /** The Parquet field; a list has the three levels that every reader knows. */
    Type field(String name, boolean optional) {
        Type.Repetition repetition = optional ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        if (list) {
            return Types.list(repetition)
                    .setElementType(primitive(Type.Repetition.REQUIRED, "element"))
                    .named(name);
        }
        return primitive(repetition, name);
    }

    private Type primitive(Type.Repetition repetition, String name) {
        Types.PrimitiveBuilder<?> builder = Types.primitive(physical, repetition);
        LogicalTypeAnnotation meaning = switch (this) {
            case TEXT, TEXTS -> LogicalTypeAnnotation.stringType();
            case INSTANT -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
            case INTEGER, LONG, DECIMAL, FLAG, BYTES, INTEGERS, DECIMALS, FLAGS -> null;
        };
        return (Type) (meaning == null ? builder : builder.as(meaning)).named(name);
    }

    /** Puts a value of this type into a row. */
    void put(Group row, String name, Object value) {
        if (list) {
            Group entries = row.addGroup(name);
            for (Object entry : (List<?>) value) {
                putOne(entries.addGroup("list"), "element", entry);
            }
        } else {
            putOne(row, name, value);
        }
    }

    private void putOne(Group row, String name, Object value) {
        switch (this) {
            case TEXT, TEXTS -> row.add(name, value.toString());
            case INTEGER, INTEGERS -> row.add(name, ((Number) value).intValue());
            case LONG, INSTANT -> row.add(name, ((Number) value).longValue());
            case DECIMAL, DECIMALS -> row.add(name, ((Number) value).doubleValue());
            case FLAG, FLAGS -> row.add(name, (boolean) value);
            case BYTES -> row.add(name, Binary.fromConstantByteArray((byte[]) value));
        }
    }

    /** The value of a row, or null where it has none. */
    @Nullable
    Object get(Group row, String name) {
        if (!row.getType().containsField(name) || row.getFieldRepetitionCount(name) == 0) {
            return null;
        }
        if (list) {
            Group entries = row.getGroup(name, 0);
            int count = entries.getFieldRepetitionCount(0);
            List<Object> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(getOne(entries.getGroup(0, i), "element"));
            }
            return List.copyOf(values);
        }
        return getOne(row, name);
    }

    private Object getOne(Group row, String name) {
        return switch (this) {
            case TEXT, TEXTS -> row.getString(name, 0);
            case INTEGER, INTEGERS -> row.getInteger(name, 0);
            case LONG, INSTANT -> row.getLong(name, 0);
            case DECIMAL, DECIMALS -> row.getDouble(name, 0);
            case FLAG, FLAGS -> row.getBoolean(name, 0);
            case BYTES -> row.getBinary(name, 0).getBytes();
        };
    }
}
