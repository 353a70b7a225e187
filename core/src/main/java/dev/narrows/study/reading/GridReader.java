package dev.narrows.study.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.study.Axis;
import dev.narrows.study.GridEntry;
import dev.narrows.study.Origin;
import dev.narrows.study.Sample;
import dev.narrows.study.Solve;
import dev.narrows.study.setting.ValueReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the grids of a study: a family, what its knobs take, its seeds. */
final class GridReader {
    /** Keys of a grid that are no knobs. */
    static final List<String> OTHERS = List.of("family", StudyReader.SEEDS.key(), "sample");

    /** A point drawn is remembered, in some 200 bytes. */
    private static final int MOST_DRAWN = 1_000_000;

    private final Problems problems;
    private final FamilyDefaults defaults;
    private final AxisReader axes;

    GridReader(Problems problems, Config reference) {
        this.problems = problems;
        this.defaults = new FamilyDefaults(Families.load(), reference);
        this.axes = new AxisReader(problems);
    }

    /** @param seeds of every grid that gives none itself */
    Optional<GridEntry> read(ConfigObject entry, List<Long> seeds) {
        Section section = new Section(problems, "", entry, Section.none(), Section.place(entry));
        Optional<Family> family = defaults.family(section);
        if (family.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ConfigValue> given = FamilyDefaults.given(family.get(), entry, OTHERS, problems);
        List<Axis> read = new ArrayList<>();
        Optional<Knob<?>> solved = Optional.empty();
        Optional<ConfigObject> unknown = Optional.empty();
        for (Knob<?> knob : family.get().knobs()) {
            ConfigValue value = given.get(knob.name());
            if (value instanceof ConfigObject object && SolveReader.asks(object)) {
                if (solved.isPresent()) {
                    problems.add(
                            Section.place(object),
                            "Cannot solve for %s and %s at once: one equation has one unknown"
                                    .formatted(solved.get().name(), knob.name()));
                }
                solved = Optional.of(knob);
                unknown = Optional.of(object);
                read.add(Axis.none(knob, true, Section.place(value)));
            } else if (value != null) {
                axes.values(knob, value)
                        .ifPresent(values -> read.add(new Axis(knob, values, true, Section.place(value))));
            } else {
                fallback(family.get(), knob, given, section.origin()).ifPresent(read::add);
            }
        }
        Optional<Solve> solve = solved.isEmpty()
                ? Optional.empty()
                : new SolveReader(problems, defaults, axes)
                        .read(family.get(), solved.get(), unknown.orElseThrow(), read);
        Optional<Sample> sample = sample(section);
        if (sample.isEmpty()) {
            refuseEndless(section, read);
        }
        List<Long> own = section.has(StudyReader.SEEDS.key()) ? StudyReader.SEEDS.each(section) : seeds;
        return Optional.of(new GridEntry(family.get(), read, solve, sample, own, section.origin()));
    }

    private static void refuseEndless(Section entry, List<Axis> axes) {
        BigInteger points = BigInteger.ONE;
        for (Axis axis : axes) {
            points = points.multiply(BigInteger.valueOf(axis.values().size()));
        }
        if (points.bitLength() >= Long.SIZE) {
            entry.problem(
                    "Cannot try a grid of %s variants one by one: sample = { count = 200, seed = 1 } draws from it"
                            .formatted(points));
        }
    }

    /** The axis of a knob that the grid does not give: its default, unless a knob that is given replaces it. */
    private Optional<Axis> fallback(Family family, Knob<?> knob, Map<String, ConfigValue> given, Origin entry) {
        Optional<ConfigValue> value =
                FamilyDefaults.replaced(family, given, knob) ? Optional.empty() : defaults.of(family, knob);
        if (value.isPresent()) {
            return axes.values(knob, value.get())
                    .map(values -> new Axis(knob, values, false, Section.place(value.get())));
        }
        if (!knob.optional()) {
            problems.add(
                    entry,
                    "Cannot plan %s: %s has no value, here or in a reference.conf under families.%s"
                            .formatted(family.name(), knob.name(), family.name()));
            return Optional.empty();
        }
        return Optional.of(Axis.none(knob, false, entry));
    }

    private static Optional<Sample> sample(Section entry) {
        if (!entry.has("sample")) {
            return Optional.empty();
        }
        Section sample = entry.section("sample");
        Optional<Integer> count = sample.find("count", ValueReader.integer(1));
        if (!sample.has("count")) {
            sample.problem("Cannot draw a sample: sample.count is missing");
        }
        if (count.orElse(0) > MOST_DRAWN) {
            sample.problem(String.format(Locale.ROOT, "Cannot draw %,d points: at most %,d", count.get(), MOST_DRAWN));
        }
        long seed = sample.find("seed", ValueReader.seed()).orElse(0L);
        sample.refuseOthers();
        return count.map(number -> new Sample(number, seed));
    }
}
