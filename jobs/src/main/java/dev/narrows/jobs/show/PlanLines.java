package dev.narrows.jobs.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.space.Plan;
import dev.narrows.space.Rejection;
import dev.narrows.space.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A plan for machines: a line a variant, rejected ones after the others. */
public final class PlanLines {
    private final List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    private final Set<String> knobs = new LinkedHashSet<>();

    /** @param done ids of the variants whose trials have all ended */
    public PlanLines(Plan plan, Set<String> done) {
        for (Variant variant : plan.variants()) {
            add(
                    Optional.of(variant.id()),
                    variant.label(),
                    variant.family(),
                    Optional.of(variant.cost()),
                    done.contains(variant.id()) ? "done" : "planned",
                    null,
                    variant.settings());
        }
        for (Rejection rejection : plan.rejections()) {
            add(
                    rejection.variantId(),
                    rejection.label(),
                    rejection.family(),
                    rejection.cost(),
                    "rejected",
                    rejection.message(),
                    rejection.settings());
        }
    }

    private void add(
            Optional<String> id,
            String label,
            String family,
            Optional<Cost> cost,
            String outcome,
            @Nullable String message,
            Settings settings) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("variant_id", id.orElse(null));
        line.put("variant", label);
        line.put("family", family);
        line.put("params", cost.map(Cost::params).orElse(null));
        line.put("macs", cost.map(Cost::macs).orElse(null));
        line.put("activations", cost.map(Cost::activations).orElse(null));
        line.put("outcome", outcome);
        line.put("message", message);
        settings.values().forEach((knob, value) -> {
            String column = knob.replaceAll("[^a-z0-9]+", "_");
            knobs.add(column);
            line.put(column, value);
        });
        lines.add(line);
    }

    /** RFC 4180, with a header; what a line lacks is empty, a list is written as JSON. */
    public void csv(Appendable out) {
        List<String> header = new ArrayList<>(
                List.of("variant_id", "variant", "family", "params", "macs", "activations", "outcome", "message"));
        header.addAll(knobs);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(header.toArray(String[]::new))
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(out, format)) {
            for (Map<String, @Nullable Object> line : lines) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (String column : header) {
                    Object value = line.get(column);
                    cells.add(value instanceof List<?> ? json(value) : value);
                }
                csv.printRecord(cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot print the plan: " + e, e);
        }
    }

    /** A list of objects, each with the columns of the CSV that it has. */
    public String json() {
        return json(lines);
    }

    private static String json(Object value) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map
                    ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value)
                    : mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot print the plan: " + e, e);
        }
    }
}
