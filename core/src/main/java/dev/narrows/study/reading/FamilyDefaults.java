package dev.narrows.study.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.study.Nearest;
import dev.narrows.study.setting.ValueReader;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The families there are, and the defaults of their knobs as the {@code reference.conf} of each jar has them. */
final class FamilyDefaults {
    private final Families families;
    private final Config reference;

    FamilyDefaults(Families families, Config reference) {
        this.families = families;
        this.reference = reference;
    }

    /** The family that an object names; nothing where there is a problem. */
    Optional<Family> family(Section section) {
        if (!section.has("family")) {
            section.problem("Cannot plan a grid without a family: there are " + String.join(", ", families.names()));
            return Optional.empty();
        }
        return section.find("family", ValueReader.text()).flatMap(name -> {
            Optional<Family> family = families.find(name);
            if (family.isEmpty()) {
                section.problem(
                        section.given("family").orElseThrow(),
                        "Cannot take family = %s: there is no such family%s"
                                .formatted(name, Nearest.hint(name, families.names())));
            }
            return family;
        });
    }

    /** The default of a knob, where a {@code reference.conf} has one. */
    Optional<ConfigValue> of(Family family, Knob<?> knob) {
        ConfigValue value = reference.root().get("families");
        value = value instanceof ConfigObject object ? object.get(family.name()) : null;
        for (String key : knob.name().split("\\.", -1)) {
            value = value instanceof ConfigObject object ? object.get(key) : null;
        }
        return Optional.ofNullable(value);
    }

    /** True where the knobs that are given replace the default of this one. */
    static boolean replaced(Family family, Map<String, ConfigValue> given, Knob<?> knob) {
        return family.knobs().stream()
                .filter(other -> given.containsKey(other.name())
                        && given.get(other.name()).valueType() != ConfigValueType.NULL)
                .anyMatch(other -> other.replaced().contains(knob.name()));
    }

    /**
     * The knobs that an object gives, by name. A knob whose name has a dot lies in an object of its own.
     *
     * @param others keys of the object that are no knobs
     */
    static Map<String, ConfigValue> given(
            Family family, ConfigObject object, Collection<String> others, Problems problems) {
        Map<String, ConfigValue> given = new LinkedHashMap<>();
        collect(family, object, "", others, problems, given);
        return given;
    }

    private static void collect(
            Family family,
            ConfigObject object,
            String path,
            Collection<String> others,
            Problems problems,
            Map<String, ConfigValue> given) {
        List<String> names = family.knobs().stream().map(Knob::name).toList();
        object.forEach((key, value) -> {
            String name = path + key;
            String within = name + ".";
            if (path.isEmpty() && others.contains(key)) {
                return;
            }
            if (names.contains(name)) {
                given.put(name, value);
            } else if (names.stream().noneMatch(knob -> knob.startsWith(within))) {
                problems.add(
                        Section.place(value),
                        "Cannot take %s: %s has no such knob%s"
                                .formatted(name, family.name(), Nearest.hint(name, names)));
            } else if (value instanceof ConfigObject inner) {
                collect(family, inner, within, others, problems, given);
            } else {
                String inner = String.join(
                        ", ",
                        names.stream()
                                .filter(knob -> knob.startsWith(within))
                                .map(knob -> knob.substring(within.length()))
                                .toList());
                problems.add(
                        Section.place(value),
                        "Cannot take %s = %s: it must be an object of %s".formatted(name, Section.show(value), inner));
            }
        });
    }
}
