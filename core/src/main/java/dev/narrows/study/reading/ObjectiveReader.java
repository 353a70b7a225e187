package dev.narrows.study.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Measure;
import dev.narrows.study.Nearest;
import dev.narrows.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the measures that choices are made by. */
final class ObjectiveReader {
    static final String KEY = "objectives";

    /** The form of its value. */
    static final String WORDS = "a list of { maximize = MEASURE } or { minimize = MEASURE }";

    private ObjectiveReader() {}

    static List<Objective> read(Section study, LatencySpec latency) {
        ConfigValue value = study.given(KEY).orElseGet(() -> study.fallback(KEY));
        if (!(value instanceof ConfigList list)) {
            study.problem(
                    value,
                    "Cannot take objectives: it must be a list such as [ { maximize = %s } ]"
                            .formatted(Measure.VALIDATION_ACCURACY));
            return List.of();
        }
        if (list.isEmpty()) {
            study.problem(value, "Cannot choose without objectives: the list is empty");
        }
        List<Objective> objectives = new ArrayList<>();
        for (ConfigValue element : list) {
            try {
                Objective objective = one(element, latency);
                if (objectives.stream().anyMatch(other -> other.measure() == objective.measure())) {
                    study.problem(element, "Cannot choose by %s twice".formatted(objective.measure()));
                }
                objectives.add(objective);
            } catch (IllegalArgumentException e) {
                study.problem(element, String.valueOf(e.getMessage()));
            }
        }
        return objectives;
    }

    private static Objective one(ConfigValue element, LatencySpec latency) {
        if (!(element instanceof ConfigObject object) || object.size() != 1) {
            throw new IllegalArgumentException(
                    "Cannot take %s as an objective: it must be { maximize = MEASURE } or { minimize = MEASURE }"
                            .formatted(Section.show(element)));
        }
        Map.Entry<String, ConfigValue> only = object.entrySet().iterator().next();
        List<String> ways = List.of("maximize", "minimize");
        String way = only.getKey();
        if (!ways.contains(way)) {
            throw new IllegalArgumentException(
                    "Cannot take %s in an objective: there is no such key%s".formatted(way, Nearest.hint(way, ways)));
        }
        Measure measure = Measure.named(Section.show(only.getValue()), "choose by");
        if (measure.isLatency() && latency.of() == LatencySpec.Which.NONE) {
            throw new IllegalArgumentException(
                    "Cannot choose by %s: latency.for is none, so it is not measured".formatted(measure));
        }
        return new Objective(measure, Objective.Direction.valueOf(way.toUpperCase(Locale.ROOT)));
    }
}
