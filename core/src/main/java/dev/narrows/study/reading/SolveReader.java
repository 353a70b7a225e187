package dev.narrows.study.reading;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.study.Axis;
import dev.narrows.study.CostMeasure;
import dev.narrows.study.Solve;
import dev.narrows.study.setting.ValueReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a knob that is to be found by its cost instead of given. */
final class SolveReader {
    private static final String SOLVE_FOR = "solve-for";
    private static final String EQUAL = "equal";
    private static final String OF = "of:";

    /** Channels come in whole numbers, so that few costs can be met to the last unit. */
    private static final double TOLERANCE = 0.02;

    private final Problems problems;
    private final FamilyDefaults defaults;
    private final AxisReader axes;

    SolveReader(Problems problems, FamilyDefaults defaults, AxisReader axes) {
        this.problems = problems;
        this.defaults = defaults;
        this.axes = axes;
    }

    /** True where an object in place of a knob's value asks for this. */
    static boolean asks(ConfigObject object) {
        return object.containsKey(SOLVE_FOR) || object.containsKey(EQUAL);
    }

    /**
     * The equation to solve; empty where there is a problem.
     *
     * @param grid the other axes of the grid, as far as they could be read
     */
    Optional<Solve> read(Family family, Knob<?> knob, ConfigObject object, List<Axis> grid) {
        Section solve = new Section(problems, knob.name(), object, Section.none(), Section.place(object));
        if (knob.type() != Knob.Type.INTEGER) {
            solve.problem("Cannot solve for %s: only a knob of whole numbers can be solved for".formatted(knob.name()));
            return Optional.empty();
        }
        Optional<CostMeasure> measure = solve.find(SOLVE_FOR, ValueReader.choice(CostMeasure.class));
        for (String key : List.of(SOLVE_FOR, EQUAL)) {
            if (!solve.has(key)) {
                solve.problem("Cannot solve for %s: %s is missing".formatted(knob.name(), solve.name(key)));
            }
        }
        Optional<Solve.Goal> target = solve.given(EQUAL).flatMap(value -> target(family, knob, solve, value, grid));
        double tolerance = solve.find("tolerance", ValueReader.share()).orElse(TOLERANCE);
        int multiple = solve.find("multiple-of", ValueReader.integer(1)).orElse(1);
        Optional<List<Integer>> times = times(knob, solve);
        solve.refuseOthers();
        if (measure.isEmpty() || target.isEmpty() || times.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Solve(knob.name(), measure.get(), target.get(), tolerance, multiple, times.get(), solve.origin()));
    }

    private static Optional<List<Integer>> times(Knob<?> knob, Section solve) {
        ConfigValue value = solve.given("times").orElse(null);
        if (value == null) {
            if (knob.arity() == Knob.Arity.LIST) {
                solve.problem(
                        "Cannot solve for the list %s without times: how often each entry has the value, as [1, 2, 4]"
                                .formatted(knob.name()));
                return Optional.empty();
            }
            return Optional.of(List.of());
        }
        if (knob.arity() == Knob.Arity.SCALAR || !(value instanceof ConfigList list) || list.isEmpty()) {
            solve.problem(
                    value,
                    "Cannot take %s = %s: it is a list, for a knob that is a list or goes by stage"
                            .formatted(solve.name("times"), Section.show(value)));
            return Optional.empty();
        }
        return Optional.of(list.stream()
                .flatMap(factor -> solve.read("times", factor, ValueReader.integer(1)).stream())
                .toList());
    }

    private Optional<Solve.Goal> target(
            Family family, Knob<?> knob, Section solve, ConfigValue value, List<Axis> grid) {
        if (value instanceof ConfigObject object) {
            return like(family, knob, object, grid);
        }
        if (value.unwrapped() instanceof String text && text.startsWith(OF)) {
            return named(text.substring(OF.length()), value).flatMap(object -> like(family, knob, object, grid));
        }
        ValueReader<Long> amount = ValueReader.whole(1);
        try {
            return Optional.of(new Solve.Amount(amount.read(value.unwrapped())));
        } catch (IllegalArgumentException e) {
            solve.problem(
                    value,
                    ("Cannot take %s = %s: it must be a whole number, or the knobs of another variant, as {"
                                    + " cardinality = 1 }")
                            .formatted(solve.name(EQUAL), Section.show(value)));
            return Optional.empty();
        }
    }

    /** {@code cardinality=1 mid=64} as the object that it stands for. */
    private Optional<ConfigObject> named(String text, ConfigValue place) {
        String lines = text.strip().replaceAll("\\s*=\\s*", "=").replaceAll("[\\s]+(?=[A-Za-z.-]+=)", "\n");
        try {
            ConfigObject object = ConfigFactory.parseString(
                            lines,
                            ConfigParseOptions.defaults()
                                    .setOriginDescription(Section.place(place).file()))
                    .root();
            return Optional.of(object.withOrigin(place.origin()));
        } catch (ConfigException e) {
            problems.add(
                    Section.place(place),
                    "Cannot take equal = %s: after of: it must be knobs with values, as cardinality=1 mid=64"
                            .formatted(Section.show(place)));
            return Optional.empty();
        }
    }

    private Optional<Solve.Goal> like(Family family, Knob<?> solved, ConfigObject object, List<Axis> grid) {
        Section section = new Section(problems, EQUAL, object, Section.none(), Section.place(object));
        Optional<Family> chosen = object.containsKey("family") ? defaults.family(section) : Optional.of(family);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Family other = chosen.get();
        Map<String, ConfigValue> named = FamilyDefaults.given(other, object, List.of("family"), problems);
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        Set<String> kept = new LinkedHashSet<>();
        for (Knob<?> knob : other.knobs()) {
            ConfigValue value = named.get(knob.name());
            Optional<Axis> axis = grid.stream()
                    .filter(candidate -> candidate.knob().name().equals(knob.name()) && candidate.given())
                    .findFirst();
            boolean own = knob.name().equals(solved.name()) || solved.replaced().contains(knob.name());
            if (value != null) {
                axes.plain(knob, value).ifPresent(plain -> settings.put(knob.name(), plain.orElse(null)));
            } else if (FamilyDefaults.replaced(other, named, knob)) {
                settings.put(knob.name(), null);
            } else if (axis.isPresent() && !own && axis.get().values().stream().allMatch(plain -> takes(knob, plain))) {
                kept.add(knob.name());
            } else {
                Optional<ConfigValue> fallback = defaults.of(other, knob);
                settings.put(
                        knob.name(),
                        fallback.flatMap(plain -> axes.plain(knob, plain))
                                .flatMap(plain -> plain)
                                .orElse(null));
            }
        }
        return Optional.of(new Solve.Like(other, settings, kept));
    }

    private static boolean takes(Knob<?> knob, @Nullable Object plain) {
        try {
            knob.read(plain);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
