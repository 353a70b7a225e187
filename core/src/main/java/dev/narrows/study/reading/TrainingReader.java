package dev.narrows.study.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.narrows.study.Training;
import dev.narrows.study.setting.SectionValues;
import dev.narrows.study.setting.TrainingSettings;
import dev.narrows.study.setting.ValueReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the training settings. A list under any key is a nuisance axis, and the choices are the cross product of all,
 * the last key of the file varying fastest.
 */
final class TrainingReader {
    private TrainingReader() {}

    static List<Training> read(Section training) {
        Set<Training> choices = new LinkedHashSet<>();
        for (ConfigObject choice : expand(training, training.given())) {
            choices.add(one(training.like(choice)));
        }
        return List.copyOf(choices);
    }

    /** The object once for each combination of the values in its lists, at any depth. */
    private static List<ConfigObject> expand(Section section, ConfigObject object) {
        List<ConfigObject> choices = List.of(object);
        List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(object.entrySet());
        entries.sort(
                Comparator.comparing(entry -> Section.place(entry.getValue()).line()));
        for (Map.Entry<String, ConfigValue> entry : entries) {
            List<ConfigValue> values = values(section, entry.getKey(), entry.getValue());
            List<ConfigObject> longer = new ArrayList<>();
            for (ConfigObject choice : choices) {
                values.forEach(value -> longer.add(choice.withValue(entry.getKey(), value)));
            }
            choices = longer;
        }
        return choices;
    }

    private static List<ConfigValue> values(Section section, String key, ConfigValue value) {
        if (value instanceof ConfigObject object) {
            return List.copyOf(expand(section, object));
        }
        if (!(value instanceof ConfigList list)) {
            return List.of(value);
        }
        if (list.isEmpty()) {
            section.problem(
                    value, "Cannot take an empty list for %s: it must have an entry".formatted(section.name(key)));
        }
        List<ConfigValue> values = new ArrayList<>();
        for (ConfigValue element : list) {
            if (values.contains(element)) {
                section.problem(
                        element, "Cannot take %s = %s twice".formatted(section.name(key), Section.show(element)));
            } else {
                values.addAll(values(section, key, element));
            }
        }
        return values;
    }

    private static Training one(Section training) {
        SectionValues<Training> values = new SectionValues<>(training);
        Training read = TrainingSettings.of(values);
        if (read.warmupEpochs() >= read.epochs() && read.warmupEpochs() > 0) {
            training.problem("Cannot warm up for %s of %d epochs: nothing is left to train"
                    .formatted(ValueReader.plain(read.warmupEpochs()), read.epochs()));
        }
        values.refuseOthers();
        return read;
    }
}
