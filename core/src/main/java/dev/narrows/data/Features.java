package dev.narrows.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Which columns of a Parquet file hold the image and the label.
 *
 * <p>Hugging Face's {@code datasets} declares features as JSON under the key {@code huggingface} of the file's metadata:
 * {@code {"info": {"features": {"img": {"_type": "Image"}, "label": {"names": […], "_type": "ClassLabel"}}}}}. Where that
 * is missing, the types of the columns decide.
 *
 * @param nested whether the image is a struct of bytes and path
 * @param classNames empty where the file does not say
 */
record Features(String image, boolean nested, String label, List<String> classNames) {
    /** @throws BadData where there is no image or no label, with what was found */
    static Features of(String file, GroupType columns, Map<String, String> metadata) {
        JsonObject declared = declared(file, metadata);
        Optional<String> image =
                declaredAs(declared, "Image").filter(columns::containsField).or(() -> imageByType(columns));
        Optional<String> label = declaredAs(declared, "ClassLabel")
                .filter(columns::containsField)
                .or(() -> labelByType(columns));
        if (image.isEmpty() || label.isEmpty()) {
            throw new BadData(
                    "Cannot find %s in %s: expected an image column (a struct of bytes and path, or binary) and a whole-number label column, found %s"
                            .formatted(image.isEmpty() ? "an image" : "a label", file, found(columns)));
        }
        Type column = columns.getType(image.get());
        if (!isImage(column)) {
            throw new BadData(
                    "Cannot read images from column %s of %s: expected a struct with bytes, or binary, found %s"
                            .formatted(image.get(), file, column));
        }
        if (!isWhole(columns.getType(label.get()))) {
            throw new BadData("Cannot read labels from column %s of %s: expected whole numbers, found %s"
                    .formatted(label.get(), file, columns.getType(label.get())));
        }
        return new Features(image.get(), !column.isPrimitive(), label.get(), names(declared, label.get()));
    }

    private static JsonObject declared(String file, Map<String, String> metadata) {
        String json = metadata.get("huggingface");
        if (json == null) {
            return new JsonObject();
        }
        try {
            return JsonParser.parseString(json)
                    .getAsJsonObject()
                    .getAsJsonObject("info")
                    .getAsJsonObject("features");
        } catch (JsonParseException | ClassCastException | IllegalStateException | NullPointerException e) {
            throw new BadData(
                    "Cannot read the features of %s: the metadata under 'huggingface' is not what datasets writes"
                            .formatted(file),
                    e);
        }
    }

    private static Optional<String> declaredAs(JsonObject features, String type) {
        return features.entrySet().stream()
                .filter(feature -> feature.getValue() instanceof JsonObject object
                        && new JsonPrimitive(type).equals(object.get("_type")))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<String> names(JsonObject features, String label) {
        List<String> names = new ArrayList<>();
        if (features.get(label) instanceof JsonObject feature && feature.has("names")) {
            feature.getAsJsonArray("names").forEach(name -> names.add(name.getAsString()));
        }
        return List.copyOf(names);
    }

    private static Optional<String> imageByType(GroupType columns) {
        return columns.getFields().stream()
                .filter(Features::isImage)
                .map(Type::getName)
                .findFirst();
    }

    private static Optional<String> labelByType(GroupType columns) {
        return columns.getFields().stream()
                .filter(Features::isWhole)
                .map(Type::getName)
                .findFirst();
    }

    private static boolean isImage(Type column) {
        if (!column.isPrimitive()) {
            GroupType group = column.asGroupType();
            return !column.isRepetition(Type.Repetition.REPEATED)
                    && group.containsField("bytes")
                    && isBinary(group.getType("bytes"));
        }
        return isBinary(column);
    }

    private static boolean isBinary(Type column) {
        return column.isPrimitive()
                && !column.isRepetition(Type.Repetition.REPEATED)
                && column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && !(column.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation);
    }

    static boolean isWhole(Type column) {
        if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
            return false;
        }
        PrimitiveTypeName type = column.asPrimitiveType().getPrimitiveTypeName();
        return type == PrimitiveTypeName.INT64 || type == PrimitiveTypeName.INT32;
    }

    private static String found(GroupType columns) {
        return String.join(
                ", ",
                columns.getFields().stream()
                        .map(field -> field.toString().replaceAll("\\s+", " "))
                        .toList());
    }
}
