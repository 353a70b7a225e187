package dev.narrows.study.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.narrows.study.Nearest;
import dev.narrows.study.Origin;
import dev.narrows.study.setting.SettingSection;
import dev.narrows.study.setting.ValueReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One object of a study file over its defaults. A problem is collected and reading goes on with the default, so that
 * one reading finds every problem.
 */
final class Section implements SettingSection {
    private final Problems problems;
    private final String path;
    private final ConfigObject given;
    private final ConfigObject defaults;
    private final Origin origin;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param path the dotted name of the object, or nothing for the file itself
     * @param origin its place, for what is missing from it
     */
    Section(Problems problems, String path, ConfigObject given, ConfigObject defaults, Origin origin) {
        this.problems = problems;
        this.path = path;
        this.given = given;
        this.defaults = defaults;
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    Problems problems() {
        return problems;
    }

    /** True where the file itself has the key. */
    @Override
    public boolean has(String key) {
        known.add(key);
        return given.containsKey(key);
    }

    Optional<ConfigValue> given(String key) {
        known.add(key);
        return Optional.ofNullable(given.get(key));
    }

    /** The content of the file itself, without defaults. */
    ConfigObject given() {
        return given;
    }

    /** The same place with other content. */
    Section like(ConfigObject content) {
        return new Section(problems, path, content, defaults, origin);
    }

    /** The same content, over the defaults that an object within these holds. */
    @Override
    public Section over(String key) {
        ConfigObject within = defaults.get(key) instanceof ConfigObject object ? object : none();
        return new Section(problems, path, given, within, origin);
    }

    /** The default of a key. */
    ConfigValue fallback(String key) {
        ConfigValue value = defaults.get(key);
        if (value == null) {
            throw new IllegalStateException("Cannot read %s: reference.conf has no default".formatted(name(key)));
        }
        return value;
    }

    /** The value of a key that has a default. */
    @Override
    public <T> T one(String key, ValueReader<T> reader) {
        return given(key)
                .flatMap(value -> read(key, value, reader))
                .orElseGet(() -> reader.read(fallback(key).unwrapped()));
    }

    /** The value of a key that has no default, where there is one. */
    @Override
    public <T> Optional<T> find(String key, ValueReader<T> reader) {
        return given(key).flatMap(value -> read(key, value, reader));
    }

    /** Each value of a key that takes a list, or a value alone; those that are none are left out, with a problem. */
    <T> List<T> each(String key, ValueReader<T> reader) {
        ConfigValue value = given(key).orElse(null);
        if (value == null) {
            return values(fallback(key)).stream()
                    .map(element -> reader.read(element.unwrapped()))
                    .toList();
        }
        if (value instanceof ConfigList list && list.isEmpty()) {
            problem(value, "Cannot take an empty list for %s: it must have an entry".formatted(name(key)));
        }
        List<T> values = new ArrayList<>();
        for (ConfigValue element : values(value)) {
            read(key, element, reader).ifPresent(read -> {
                if (values.contains(read)) {
                    problem(element, "Cannot take %s = %s twice".formatted(name(key), show(element)));
                }
                values.add(read);
            });
        }
        return values;
    }

    private static List<? extends ConfigValue> values(ConfigValue value) {
        return value instanceof ConfigList list ? list : List.of(value);
    }

    /** A section within this one, empty where the file does not say it. */
    @Override
    public Section section(String key) {
        ConfigObject fallback = defaults.get(key) instanceof ConfigObject object ? object : none();
        ConfigValue value = given(key).orElse(null);
        if (value instanceof ConfigObject object) {
            return new Section(problems, name(key), object, fallback, place(object));
        }
        if (value != null) {
            problem(value, "Cannot take %s = %s: it must be an object".formatted(name(key), show(value)));
        }
        return new Section(problems, name(key), none(), fallback, origin);
    }

    /** A value that stands under a key; nothing where there is a problem. */
    <T> Optional<T> read(String key, ConfigValue value, ValueReader<T> reader) {
        try {
            return Optional.of(reader.read(value.unwrapped()));
        } catch (IllegalArgumentException e) {
            problem(value, "Cannot take %s = %s: %s".formatted(name(key), show(value), e.getMessage()));
            return Optional.empty();
        }
    }

    /** Refuses every key that nothing has asked for. It is called once every known key was asked for. */
    @Override
    public void refuseOthers() {
        refuseOthers(() -> "there is no such key");
    }

    @Override
    public void refuseOthers(Supplier<String> reason) {
        given.forEach((key, value) -> {
            if (!known.contains(key)) {
                problem(value, "Cannot take %s: %s%s".formatted(name(key), reason.get(), Nearest.hint(key, known)));
            }
        });
    }

    /**
     * Refuses every key that nothing has asked for.
     *
     * @param place the place of a key that belongs elsewhere, as the end of a message; empty where there is none
     */
    void refuseOthers(Function<String, Optional<String>> place) {
        given.forEach((key, value) -> {
            if (!known.contains(key)) {
                problem(
                        value,
                        place.apply(key)
                                .map(end -> "Cannot take %s: %s".formatted(name(key), end))
                                .orElseGet(() -> "Cannot take %s: there is no such key%s"
                                        .formatted(name(key), Nearest.hint(key, known))));
            }
        });
    }

    void problem(ConfigValue value, String message) {
        problems.add(place(value), message);
    }

    @Override
    public void problem(String message) {
        problems.add(origin, message);
    }

    /** The dotted name of a key from the top of the file. */
    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A value as a person would write it, on one line. */
    static String show(ConfigValue value) {
        if (value.valueType() == ConfigValueType.STRING) {
            return (String) value.unwrapped();
        }
        String text = value.render(ConfigRenderOptions.concise()).replace(",", ", ");
        return text.length() > 80 ? text.substring(0, 77) + "..." : text;
    }

    /** The line that a value stands in; of an object merged from several, the line of its first part. */
    static Origin place(ConfigValue value) {
        ConfigOrigin origin = value.origin();
        if (origin.lineNumber() < 1 && value instanceof ConfigObject object && !object.isEmpty()) {
            return object.values().stream()
                    .map(Section::place)
                    .min(java.util.Comparator.comparing(Origin::file).thenComparing(Origin::line))
                    .orElseThrow();
        }
        String file = origin.filename() != null ? origin.filename() : origin.resource();
        if (file != null) {
            return new Origin(file, Math.max(0, origin.lineNumber()));
        }
        return new Origin(origin.description().replaceFirst(": [0-9]+(-[0-9]+)?$", ""), 0);
    }

    static ConfigObject none() {
        return ConfigValueFactory.fromMap(java.util.Map.of());
    }
}
