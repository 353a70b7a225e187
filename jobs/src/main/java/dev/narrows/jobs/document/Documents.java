package dev.narrows.jobs.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.narrows.family.Knob;
import dev.narrows.study.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Text of documents: keys in snake case, in the order of the components; every key is there, with null where a value is
 * unknown; a number that is none is null.
 */
public final class Documents {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule("narrows")
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addSerializer(double.class, new FiniteOrNull())
                    .addSerializer(Measure.class, new Word()))
            .build();

    private static final ObjectWriter PRETTY = JSON.writer(new DefaultPrettyPrinter()
            .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE)
            .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private Documents() {}

    private static final class FiniteOrNull extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    private static final class Word extends JsonSerializer<Measure> {
        @Override
        public void serialize(Measure value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.word());
        }
    }

    /** JSON over several lines. */
    public static String pretty(Record document) {
        try {
            return PRETTY.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot print JSON: " + e, e);
        }
    }

    /** JSON on one line. */
    public static String line(Record document) {
        return onOneLine(document);
    }

    /** A JSON array on one line. */
    public static String array(List<?> values) {
        return onOneLine(values);
    }

    private static String onOneLine(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot print JSON: " + e, e);
        }
    }

    /** RFC 4180 with a header. An object within a row, such as its knobs, gives one column per key; a list is JSON. */
    public static String csv(List<? extends Record> rows) {
        List<Map<String, Object>> lines = new ArrayList<>();
        Set<String> header = new LinkedHashSet<>();
        for (Record row : rows) {
            Map<String, Object> line = new LinkedHashMap<>();
            flatten(JSON.valueToTree(row), line);
            header.addAll(line.keySet());
            lines.add(line);
        }
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(header.toArray(String[]::new))
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            for (Map<String, Object> line : lines) {
                csv.printRecord(header.stream().map(column -> line.getOrDefault(column, "")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot print CSV: " + e, e);
        }
        return text.toString();
    }

    private static void flatten(JsonNode object, Map<String, Object> line) {
        object.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(value, line);
            } else {
                line.put(
                        entry.getKey(),
                        value.isNull() ? "" : value.isContainerNode() ? value.toString() : value.asText());
            }
        });
    }

    /** The column of a knob, as in the tables of a study. */
    public static String column(String knob) {
        return knob.replace('.', '_').replace('-', '_');
    }

    /** The word for a constant, as in study files. */
    public static String word(Enum<?> constant) {
        return Knob.word(constant);
    }
}
