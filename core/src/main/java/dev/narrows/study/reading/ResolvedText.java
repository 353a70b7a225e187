package dev.narrows.study.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.narrows.family.Knob;
import dev.narrows.study.Axis;
import dev.narrows.study.GridEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A study with every default written out and without secrets: a study file of its own that reads as the same study. */
final class ResolvedText {
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|passw|token|credential|(access|account|private|api)[-_.]?key).*");

    /** The credentials in an address: {@code s3a://key:secret@bucket}. */
    private static final Pattern USER = Pattern.compile("://[^/@\\s]+@");

    private static final String REDACTED = "(redacted)";
    private static final String OPTIMIZER = "optimizer";
    private static final String LEARNING_RATE = "learning-rate";

    private ResolvedText() {}

    /** @param grid as it was read, an entry for each of the text's */
    static String of(StudyText text, List<GridEntry> grid) {
        ConfigObject given = SearchReader.written(text.given().root());
        ConfigObject defaults = text.defaults()
                .root()
                .withoutKey("families")
                .withoutKey("families-shared")
                .withoutKey("training");
        if (!given.containsKey("data")) {
            defaults = defaults.withoutKey("data");
        }
        ConfigObject resolved = given.withValue(
                        "grid", grid((ConfigList) text.given().getValue("grid"), grid))
                .withValue("training", training(given.get("training"), (ConfigObject)
                        text.defaults().getValue("training")))
                .withFallback(defaults);
        return redacted("", resolved)
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }

    private static ConfigList grid(ConfigList entries, List<GridEntry> grid) {
        List<ConfigValue> resolved = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            Config entry = ((ConfigObject) entries.get(i)).toConfig();
            for (Axis axis : grid.get(i).axes()) {
                if (!axis.given()) {
                    entry = entry.withValue(axis.knob().name(), ConfigValueFactory.fromAnyRef(written(plain(axis))));
                }
            }
            resolved.add(entry.root());
        }
        return ConfigValueFactory.fromIterable(resolved);
    }

    /** The values of an axis as a study file writes them: what goes by stage is a list in a list. */
    private static @Nullable Object plain(Axis axis) {
        Object only = axis.values().size() == 1 ? axis.values().get(0) : axis.values();
        return axis.values().size() == 1
                        && only instanceof List<?>
                        && axis.knob().arity() == Knob.Arity.BY_STAGE
                ? List.of(only)
                : only;
    }

    /** The same without {@code .0}, which Typesafe Config would drop when it reads it again. */
    private static @Nullable Object written(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(entry -> values.add(written(entry)));
            return values;
        }
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? (Object) number.longValue()
                : value;
    }

    private static ConfigObject training(@Nullable ConfigValue given, ConfigObject defaults) {
        ConfigObject training = given instanceof ConfigObject object ? object : Section.none();
        ConfigObject optimizers = (ConfigObject) defaults.toConfig().getValue(OPTIMIZER);
        boolean rate = training.containsKey(LEARNING_RATE);
        List<ConfigValue> resolved = new ArrayList<>();
        ConfigValue asked = training.get(OPTIMIZER);
        List<? extends ConfigValue> choices =
                asked instanceof ConfigList list ? list : List.of(asked == null ? Section.none() : asked);
        for (ConfigValue choice : choices) {
            ConfigObject object = (ConfigObject) choice;
            ConfigValue name = object.getOrDefault("name", optimizers.toConfig().getValue("name"));
            for (ConfigValue one : name instanceof ConfigList names ? names : List.of(name)) {
                ConfigObject its = (ConfigObject) optimizers.toConfig().getValue((String) one.unwrapped());
                resolved.add(object.withValue("name", one).withFallback(rate ? its.withoutKey(LEARNING_RATE) : its));
            }
        }
        return training.withValue(
                        OPTIMIZER, resolved.size() == 1 ? resolved.get(0) : ConfigValueFactory.fromIterable(resolved))
                .withFallback(defaults.withoutKey(OPTIMIZER));
    }

    /** The same with every secret taken out. */
    static ConfigValue redacted(String key, ConfigValue value) {
        if (SECRET.matcher(key).matches()) {
            return ConfigValueFactory.fromAnyRef(REDACTED);
        }
        if (value instanceof ConfigObject object) {
            Map<String, ConfigValue> clean = new HashMap<>();
            object.forEach((name, inner) -> clean.put(name, redacted(name, inner)));
            return ConfigValueFactory.fromMap(clean);
        }
        if (value instanceof ConfigList list) {
            return ConfigValueFactory.fromIterable(
                    list.stream().map(inner -> redacted("", inner)).toList());
        }
        return value.unwrapped() instanceof String text
                ? ConfigValueFactory.fromAnyRef(USER.matcher(text).replaceAll("://" + REDACTED + "@"))
                : value;
    }
}
