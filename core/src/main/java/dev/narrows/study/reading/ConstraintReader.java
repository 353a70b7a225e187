package dev.narrows.study.reading;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.narrows.study.Constraint;
import java.util.ArrayList;
import java.util.List;

/** Reads what a variant must keep to be chosen: an object of measures, or the expression that {@code --where} takes. */
final class ConstraintReader {
    static final String KEY = "constraints";

    /** The form of its value. */
    static final String WORDS = "an object of measures with their bounds, or a condition as --where takes it";

    private ConstraintReader() {}

    static List<Constraint> read(Section study) {
        ConfigValue value = study.given(KEY).orElseGet(() -> study.fallback(KEY));
        List<Constraint> constraints = new ArrayList<>();
        if (value instanceof ConfigObject object) {
            object.forEach((measure, bound) -> constraints.addAll(ConstraintParser.parse(
                    measure + " " + Section.show(bound), problem -> study.problem(bound, problem))));
        } else if (value.valueType() == ConfigValueType.STRING) {
            constraints.addAll(ConstraintParser.parse(Section.show(value), problem -> study.problem(value, problem)));
        } else {
            study.problem(
                    value,
                    ("Cannot take constraints = %s: it must be an object such as { params = \"<= 200k\" },"
                                    + " or \"params <= 200k\"")
                            .formatted(Section.show(value)));
        }
        return constraints;
    }
}
