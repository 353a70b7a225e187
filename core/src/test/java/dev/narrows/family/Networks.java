package dev.narrows.family;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks stated in the words of a study file, over the defaults of families.conf; the first choice of each axis. */
public final class Networks {
    private static final Config DEFAULTS =
            ConfigFactory.parseResources("families.conf").resolve();
    private static final Families FAMILIES = Families.load();

    private Networks() {}

    /** A network and what it takes. */
    public record Network(String family, Settings settings, Shape input, int classes) {
        public Layer layer() {
            return Networks.family(family).build(settings, input, classes);
        }

        public Network with(String hocon) {
            Config changes = ConfigFactory.parseString(hocon);
            Map<String, Object> values = new LinkedHashMap<>(settings.values());
            for (Knob<?> knob : Networks.family(family).knobs()) {
                if (changes.hasPathOrNull(knob.name())) {
                    knob.replaced().forEach(other -> values.put(other, null));
                }
            }
            for (Knob<?> knob : Networks.family(family).knobs()) {
                if (changes.hasPathOrNull(knob.name())) {
                    values.put(knob.name(), first(knob, changes));
                }
            }
            return new Network(family, new Settings(values), input, classes);
        }

        public Network of(Shape otherInput, int otherClasses) {
            return new Network(family, settings, otherInput, otherClasses);
        }
    }

    public static Family family(String name) {
        return FAMILIES.find(name).orElseThrow();
    }

    /** A family's network with its defaults for every knob. */
    public static Network defaults(String family, Shape input, int classes) {
        return new Network(family, settings(family(family), DEFAULTS.getConfig("families." + family)), input, classes);
    }

    /** One grid entry of a study file of this repository, counted from 0. */
    public static Network read(String file, int entry) {
        Config study = ConfigFactory.parseFile(path(file).toFile()).resolve();
        Config grid = study.getConfigList("grid").get(entry);
        List<Integer> shape = study.getIntList("input.shape");
        Network defaults = defaults(
                grid.getString("family"),
                new Shape(shape.get(0), shape.get(1), shape.get(2)),
                study.getInt("input.classes"));
        List<String> known = new ArrayList<>(List.of("family", "seeds"));
        family(defaults.family()).knobs().forEach(knob -> known.add(knob.name()));
        grid.entrySet().forEach(entryOfGrid -> {
            String key = String.join(".", ConfigUtil.splitPath(entryOfGrid.getKey()));
            if (!known.contains(key)) {
                throw new IllegalArgumentException("no knob " + key + " in " + file);
            }
        });
        return defaults.with(grid.root().render());
    }

    public static Network read(String file) {
        return read(file, 0);
    }

    /** A path from the root of the repository, wherever in it the tests run. */
    public static Path path(String file) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("conf/networks"))) {
            root = root.getParent();
        }
        return root.resolve(file);
    }

    private static Settings settings(Family family, Config defaults) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Knob<?> knob : family.knobs()) {
            values.put(knob.name(), plain(knob, defaults));
        }
        return new Settings(values);
    }

    private static Object plain(Knob<?> knob, Config config) {
        if (!config.hasPathOrNull(knob.name())) {
            throw new IllegalArgumentException("no default for " + knob);
        }
        ConfigValue value = config.getIsNull(knob.name()) ? null : config.getValue(knob.name());
        return value == null ? null : value.unwrapped();
    }

    private static Object first(Knob<?> knob, Config config) {
        Object value = plain(knob, config);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return value;
        }
        boolean one = knob.arity() == Knob.Arity.LIST && !(list.get(0) instanceof List);
        return one ? value : list.get(0);
    }
}
