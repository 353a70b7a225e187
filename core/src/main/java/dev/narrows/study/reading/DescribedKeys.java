package dev.narrows.study.reading;

import dev.narrows.study.setting.DataSettings;
import dev.narrows.study.setting.Setting;
import dev.narrows.study.setting.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every key that has a default, by its path in reference.conf, with what its value must be. */
final class DescribedKeys {
    private DescribedKeys() {}

    static Map<String, String> all() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys(keys, "", StudyReader.KEYS);
        keys.put(ObjectiveReader.KEY, ObjectiveReader.WORDS);
        keys.put(ConstraintReader.KEY, ConstraintReader.WORDS);
        settings(keys, "data.", DataSettings.ALL);
        settings(keys, "training.", TrainingSettings.ALL);
        keys(keys, "limits.", LimitsReader.KEYS);
        keys(keys, "latency.", LatencyReader.KEYS);
        keys(keys, SearchReader.KEY + ".", SearchReader.KEYS);
        return keys;
    }

    /** The keys of sections whose last word is this one: {@code training.epochs} for {@code epochs}. */
    static List<String> endingIn(String word) {
        return all().keySet().stream().filter(key -> key.endsWith("." + word)).toList();
    }

    private static void keys(Map<String, String> keys, String path, List<StudyKey<?>> described) {
        described.forEach(key -> keys.put(path + key.key(), key.words()));
    }

    private static <R> void settings(Map<String, String> keys, String path, List<Setting<R, ?>> described) {
        described.forEach(setting -> setting.lines()
                .forEach((line, words) ->
                        keys.put(path + line, words + (setting.isAxis() ? "; a list is an axis" : ""))));
    }
}
