package dev.narrows.study.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.narrows.study.BadInput;
import dev.narrows.study.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A study file parsed, with its overrides over it and its substitutions resolved, beside the defaults of every jar. The
 * two are kept apart, so that a message can tell what the file itself says, and where.
 *
 * @param given the content of the file and of the overrides
 * @param defaults every {@code reference.conf} on the class path
 */
record StudyText(Config given, Config defaults) {
    /** The name of an override in messages. */
    static final String OVERRIDE = "--set";

    private static final Pattern PLACE = Pattern.compile("^.*?: [0-9]+(-[0-9]+)?: ");
    private static final Pattern ADVICE = Pattern.compile(" \\((if you|JSON does not).*$", Pattern.DOTALL);
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{[^}]*}");

    /** @throws BadInput where the file is absent or is not HOCON */
    static StudyText read(Path file, List<String> overrides) {
        if (Files.isDirectory(file)) {
            throw new BadInput("%s: Cannot read the study: it is a folder".formatted(file));
        }
        if (!Files.exists(file)) {
            throw new BadInput("%s: Cannot read the study: there is no such file".formatted(file));
        }
        if (!Files.isReadable(file)) {
            throw new BadInput("%s: Cannot read the study: it may not be read".formatted(file));
        }
        ConfigParseOptions options =
                ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new RequiredIncludes());
        Config defaults = ConfigFactory.parseResources(loader(), "reference.conf");
        try {
            Config said = ConfigFactory.empty();
            for (String override : overrides) {
                said = override(override).withFallback(said);
            }
            said = said.withFallback(ConfigFactory.parseFile(file.toFile(), options));
            defaults = defaults.resolve();
            Config whole = said.withFallback(defaults).resolve();
            return new StudyText(withoutSelfReferences(said, whole).resolveWith(whole), defaults);
        } catch (RequiredIncludes.Missing e) {
            throw new BadInput(
                    including(file, e.name()) + ": Cannot include %s: there is no such file".formatted(e.name()));
        } catch (ConfigException e) {
            throw new BadInput(line(file, e));
        }
    }

    /**
     * The same with values from the whole for those that refer to themselves ({@code seeds = ${?seeds} [3]}, {@code
     * seeds += 3}): resolving them against the whole would add to what has the addition in it.
     */
    private static Config withoutSelfReferences(Config said, Config whole) {
        List<String> paths = new ArrayList<>();
        findSelfReferences(said.root(), "", whole, paths);
        Config without = said;
        for (String path : paths) {
            without = whole.hasPath(path) ? without.withValue(path, whole.getValue(path)) : without;
        }
        return without;
    }

    private static void findSelfReferences(ConfigObject object, String prefix, Config whole, List<String> found) {
        Set<Map.Entry<String, ConfigValue>> fields;
        try {
            fields = object.entrySet();
        } catch (ConfigException.NotResolved e) {
            // An object merged with a substitution has no fields before that is resolved.
            return;
        }
        for (Map.Entry<String, ConfigValue> field : fields) {
            String path = prefix + ConfigUtil.joinPath(field.getKey());
            ConfigValue value = field.getValue();
            if (value.atPath(path).isResolved()) {
                continue;
            }
            String text = value.render(ConfigRenderOptions.concise());
            if (text.contains("${" + path + "}") || text.contains("${?" + path + "}")) {
                found.add(path);
            } else if (value instanceof ConfigObject inner) {
                findSelfReferences(inner, path + ".", whole, found);
            } else if (!resolves(value.atPath(path), whole)) {
                found.add(path);
            }
        }
    }

    /** False for a value given twice, the second time by a substitution: Typesafe Config 1.4 fails on it. */
    private static boolean resolves(Config said, Config whole) {
        try {
            return said.resolveWith(whole).isResolved();
        } catch (ConfigException.BugOrBroken e) {
            return false;
        }
    }

    /** The class loader of a user's own families and their defaults: that of the jars given to Spark, if it runs. */
    static ClassLoader loader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null ? loader : StudyText.class.getClassLoader();
    }

    private static Config override(String override) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new BadInput("%s: Cannot take %s: it must be key=value".formatted(OVERRIDE, override));
        }
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        try {
            return ConfigFactory.parseString(
                    key + " = " + value, ConfigParseOptions.defaults().setOriginDescription(OVERRIDE));
        } catch (ConfigException e) {
            // A shell has taken the quotes of a value such as "bundled:fashion-mnist": it is the text itself.
            try {
                return ConfigValueFactory.fromAnyRef(value, OVERRIDE).atPath(key);
            } catch (ConfigException badKey) {
                throw new BadInput("%s: Cannot take %s: %s is no key".formatted(OVERRIDE, override, key));
            }
        }
    }

    /** The line that names a file to be included; Typesafe Config does not tell which it was. */
    private static Origin including(Path file, String name) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("include") && lines.get(i).contains(name)) {
                    return new Origin(file.toString(), i + 1);
                }
            }
        } catch (IOException e) {
            // The file has been read once; the place of the message is all that is lost.
        }
        return new Origin(file.toString(), 0);
    }

    private static String line(Path file, ConfigException e) {
        String origin = e.origin() == null ? file.toString() : e.origin().description();
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        java.util.regex.Matcher place = PLACE.matcher(message);
        String where = place.find() ? place.group().substring(0, place.end() - 2) : origin;
        String what = ADVICE.matcher(PLACE.matcher(message).replaceFirst("")).replaceFirst("");
        if (e instanceof ConfigException.UnresolvedSubstitution) {
            java.util.regex.Matcher name = SUBSTITUTION.matcher(what);
            String substitution = name.find() ? name.group() : "a substitution";
            String reason = what.contains("cycle") ? "it refers to itself" : "nothing has that name";
            return "%s: Cannot resolve %s: %s".formatted(where, substitution, reason);
        }
        if (e instanceof ConfigException.IO) {
            return "%s: Cannot include %s: there is no such file".formatted(file, origin);
        }
        return "%s: Cannot read the study: %s"
                .formatted(where, Character.toLowerCase(what.charAt(0)) + what.substring(1));
    }
}
