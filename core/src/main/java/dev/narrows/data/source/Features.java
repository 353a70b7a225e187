package dev.narrows.data.source;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.narrows.study.Columns;
import dev.narrows.study.Task;
import dev.narrows.study.TaskChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Columns of a Parquet file: the image, and its label or mask.
 *
 * <p>Hugging Face's {@code datasets} declares features as JSON under the key {@code huggingface} of the file's
 * metadata: {@code {"info": {"features": {"img": {"_type": "Image"}, "label": {"names": […], "_type":
 * "ClassLabel"}}}}}. Column types decide if that is missing. The mask is the image column whose name says so, else the
 * second.
 *
 * @param answer the column of the label or the mask, by the task
 * @param classNames empty if the file has none
 */
record Features(Task task, String image, String answer, List<String> classNames) {
    private static final Pattern LABEL = Pattern.compile("(?i)labels?|class|target");
    private static final Pattern MASK = Pattern.compile("(?i).*(mask|segment|annotation|label|target|truth).*");

    /**
     * Chooses the columns.
     *
     * @param wanted columns that the study names
     * @throws BadData if there is no image, nothing to learn for the task, or more than one choice; the message lists
     *     the columns found
     */
    static Features of(String file, GroupType columns, Map<String, String> metadata, TaskChoice asked, Columns wanted) {
        JsonObject declared = declared(file, metadata);
        List<String> images = images(columns, declared);
        List<String> labels = declaredAs(declared, "ClassLabel").stream()
                .filter(columns::containsField)
                .toList();
        if (labels.isEmpty()) {
            labels = columns.getFields().stream()
                    .filter(Features::isWhole)
                    .map(Type::getName)
                    .toList();
        }
        if (!wanted.image().isEmpty()) {
            require(file, columns, "data.image-column", wanted.image());
            images = Stream.concat(
                            Stream.of(wanted.image()), images.stream().filter(name -> !name.equals(wanted.image())))
                    .toList();
        }
        if (!wanted.answer().isEmpty()) {
            require(file, columns, "data.answer-column", wanted.answer());
            boolean mask = isImage(columns.getType(wanted.answer()));
            labels = mask ? List.of() : List.of(wanted.answer());
            images = mask ? masked(images, wanted) : images;
        }
        if (!labels.isEmpty() && !images.isEmpty() && asked.allows(Task.CLASSIFICATION)) {
            return labelled(file, columns, images.get(0), only(file, labels), declared);
        }
        if (images.size() > 1 && asked.allows(Task.SEGMENTATION)) {
            List<String> pair = masked(images, wanted);
            return new Features(Task.SEGMENTATION, pair.get(0), pair.get(1), List.of());
        }
        String lacking = images.isEmpty() ? "an image" : asked == TaskChoice.SEGMENTATION ? "a mask" : "a label";
        String answer = switch (asked) {
            case AUTO, CLASSIFICATION -> "a whole-number label column";
            case SEGMENTATION -> "a mask column of the same kind";
        };
        throw new BadData(("Cannot find %s in %s: expected an image column (a struct of bytes and path, or binary)"
                        + " and %s, found %s")
                .formatted(lacking, file, answer, found(columns)));
    }

    private static void require(String file, GroupType columns, String key, String name) {
        if (!columns.containsField(name)) {
            throw new BadData("Cannot take %s = %s of %s: there is no such column, found %s"
                    .formatted(key, name, file, found(columns)));
        }
    }

    /** The only label column, or the one whose name says so. */
    private static String only(String file, List<String> labels) {
        List<String> called = labels.size() == 1
                ? labels
                : labels.stream().filter(name -> LABEL.matcher(name).matches()).toList();
        if (called.size() != 1) {
            throw new BadData("Cannot tell which column of %s has the labels: %s could; data.answer-column names it"
                    .formatted(file, String.join(", ", labels)));
        }
        return called.get(0);
    }

    private static Features labelled(String file, GroupType columns, String image, String label, JsonObject declared) {
        if (!isImage(columns.getType(image))) {
            throw new BadData(
                    "Cannot read images from column %s of %s: expected a struct with bytes, or binary, found %s"
                            .formatted(image, file, columns.getType(image)));
        }
        if (!isWhole(columns.getType(label))) {
            throw new BadData("Cannot read labels from column %s of %s: expected whole numbers, found %s"
                    .formatted(label, file, columns.getType(label)));
        }
        return new Features(Task.CLASSIFICATION, image, label, names(declared, label));
    }

    /** The image column and the mask column: the mask is the wanted one, the one whose name says so, or the second. */
    private static List<String> masked(List<String> images, Columns wanted) {
        List<String> others = wanted.image().isEmpty() ? images : images.subList(1, images.size());
        String mask = wanted.answer().isEmpty()
                ? others.stream()
                        .filter(name -> MASK.matcher(name).matches())
                        .findFirst()
                        .orElse(images.get(1))
                : wanted.answer();
        return images.stream()
                .filter(name -> !name.equals(mask))
                .findFirst()
                .map(image -> List.of(image, mask))
                .orElse(List.of(mask));
    }

    /** Image columns as declared, else by type. */
    private static List<String> images(GroupType columns, JsonObject declared) {
        List<String> found = declaredAs(declared, "Image").stream()
                .filter(columns::containsField)
                .toList();
        return found.isEmpty()
                ? columns.getFields().stream()
                        .filter(Features::isImage)
                        .map(Type::getName)
                        .toList()
                : found;
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

    private static List<String> declaredAs(JsonObject features, String type) {
        return features.entrySet().stream()
                .filter(feature -> feature.getValue() instanceof JsonObject object
                        && new JsonPrimitive(type).equals(object.get("_type")))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> names(JsonObject features, String label) {
        List<String> names = new ArrayList<>();
        if (features.get(label) instanceof JsonObject feature && feature.has("names")) {
            feature.getAsJsonArray("names").forEach(name -> names.add(name.getAsString()));
        }
        return List.copyOf(names);
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
