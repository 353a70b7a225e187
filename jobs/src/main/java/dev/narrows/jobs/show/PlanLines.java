package dev.narrows.jobs.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.space.Planned;
import dev.narrows.space.Rejection;
import dev.narrows.space.Variant;
import dev.narrows.study.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A plan for machines: one line per variant or rejected point, in the order of the grids. */
public final class PlanLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> COLUMNS =
            List.of("variant_id", "variant", "family", "params", "macs", "activations", "outcome", "message");

    private final List<String> header = new ArrayList<>(COLUMNS);
    private final Set<String> done;

    /** @param done ids of the variants whose trials have all ended */
    public PlanLines(Study study, Set<String> done) {
        this.done = done;
        study.grid().stream()
                .flatMap(entry -> entry.family().knobs().stream())
                .map(knob -> column(knob.name()))
                .distinct()
                .forEach(header::add);
    }

    private static String column(String knob) {
        return knob.replace('.', '_').replace('-', '_');
    }

    /** The cells of a line by column; empty for a repeat, which is a line already. */
    private Optional<Map<String, @Nullable Object>> line(Planned planned) {
        if (planned instanceof Variant variant) {
            String outcome = done.contains(variant.id()) ? "done" : "planned";
            return Optional.of(line(
                    variant.id(),
                    variant.label(),
                    variant.family(),
                    Optional.of(variant.cost()),
                    outcome,
                    null,
                    variant.settings()));
        }
        if (planned instanceof Rejection rejection) {
            return Optional.of(line(
                    rejection.variantId().orElse(null),
                    rejection.label(),
                    rejection.family(),
                    rejection.cost(),
                    "rejected",
                    rejection.message(),
                    rejection.settings()));
        }
        return Optional.empty();
    }

    private static Map<String, @Nullable Object> line(
            @Nullable String id,
            String label,
            String family,
            Optional<Cost> cost,
            String outcome,
            @Nullable String message,
            Settings settings) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("variant_id", id);
        line.put("variant", label);
        line.put("family", family);
        line.put("params", cost.map(Cost::params).orElse(null));
        line.put("macs", cost.map(Cost::macs).orElse(null));
        line.put("activations", cost.map(Cost::activations).orElse(null));
        line.put("outcome", outcome);
        line.put("message", message);
        settings.values().forEach((knob, value) -> line.put(column(knob), value));
        return line;
    }

    /** RFC 4180, with a header; what a line lacks is empty, a list is written as JSON. No more than a line is held. */
    public void csv(Iterator<? extends Planned> points, Appendable out) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(header.toArray(String[]::new))
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(out, format)) {
            while (points.hasNext()) {
                Optional<Map<String, @Nullable Object>> line = line(points.next());
                if (line.isPresent()) {
                    print(csv, line.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot print the plan: " + e, e);
        }
    }

    private void print(CSVPrinter csv, Map<String, @Nullable Object> line) throws IOException {
        for (String column : header) {
            Object value = line.get(column);
            csv.print(value instanceof List<?> ? json(value) : value);
        }
        csv.println();
    }

    /** The lines, each with the columns of the CSV that it has. */
    public List<Map<String, @Nullable Object>> lines(Iterator<? extends Planned> points) {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        points.forEachRemaining(planned -> line(planned).ifPresent(lines::add));
        return lines;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot print the plan: " + e, e);
        }
    }
}
