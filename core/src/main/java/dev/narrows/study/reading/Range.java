package dev.narrows.study.reading;

import com.typesafe.config.ConfigObject;
import dev.narrows.family.Knob;
import dev.narrows.study.setting.ValueReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The values of an axis by rule: {@code { from = 8, to = 256, steps = 6, scale = log }} for six values from 8 to 256,
 * or {@code { from = 1, to = 4, step = 1 }}; with {@code multiple-of = 8} each is rounded to the nearest multiple.
 *
 * <p>Knobs of whole numbers get the nearest ones, each once, so that there may be fewer than {@code steps}; of other
 * values four digits are kept between the ends, as more would only make labels long.
 */
final class Range {
    private static final MathContext DIGITS = new MathContext(4);
    private static final int MOST = 1_000_000;

    private Range() {}

    private enum Spacing {
        LINEAR,
        LOG
    }

    static Optional<List<Object>> read(Knob<?> knob, ConfigObject object, Problems problems) {
        Section range = new Section(problems, knob.name(), object, Section.none(), Section.place(object));
        boolean whole = knob.type() == Knob.Type.INTEGER;
        if (knob.arity() == Knob.Arity.LIST || (!whole && knob.type() != Knob.Type.DECIMAL)) {
            range.problem("Cannot take a range for %s: it must be %s".formatted(knob.name(), knob.range()));
            return Optional.empty();
        }
        Optional<Double> from = required(range, "from");
        Optional<Double> to = required(range, "to");
        Optional<Integer> steps = range.find("steps", ValueReader.integer(2));
        Optional<Double> step = range.find("step", ValueReader.above(0));
        Spacing scale = range.find("scale", ValueReader.choice(Spacing.class)).orElse(Spacing.LINEAR);
        int multiple = range.find("multiple-of", ValueReader.integer(1)).orElse(1);
        boolean named = range.has("steps") != range.has("step");
        if (!named) {
            range.problem("Cannot step from %s.from to %s.to: one of steps (how many values) and step (how far apart)"
                            .formatted(knob.name(), knob.name())
                    + " is needed");
        }
        range.refuseOthers();
        if (from.isEmpty() || to.isEmpty() || !named || (steps.isEmpty() && step.isEmpty())) {
            return Optional.empty();
        }
        String ends = "from %s to %s".formatted(ValueReader.plain(from.get()), ValueReader.plain(to.get()));
        if (from.get() >= to.get()) {
            range.problem("Cannot step %s for %s: from must be less than to".formatted(ends, knob.name()));
            return Optional.empty();
        }
        if (scale == Spacing.LOG && (from.get() <= 0 || step.isPresent())) {
            range.problem("Cannot step %s on a log scale for %s: it takes steps, and from must be above 0"
                    .formatted(ends, knob.name()));
            return Optional.empty();
        }
        if (Double.isInfinite(scale == Spacing.LOG ? to.get() / from.get() : to.get() - from.get())) {
            range.problem("Cannot step %s for %s: they are too far apart".formatted(ends, knob.name()));
            return Optional.empty();
        }
        double count = steps.isPresent() ? steps.get() : (to.get() - from.get()) / step.orElseThrow();
        if (count > MOST) {
            range.problem(String.format(
                    Locale.ROOT,
                    "Cannot step %s %s for %s: more than %,d values",
                    ends,
                    steps.isPresent() ? "in %d steps".formatted(steps.get()) : "by " + ValueReader.plain(step.get()),
                    knob.name(),
                    MOST));
            return Optional.empty();
        }
        List<Double> values = rounded(
                steps.isPresent()
                        ? spread(from.get(), to.get(), steps.get(), scale)
                        : apart(from.get(), to.get(), step.orElseThrow()),
                multiple);
        if (whole && values.stream().anyMatch(value -> Math.abs(value) > Integer.MAX_VALUE)) {
            range.problem("Cannot step %s for %s: its values must be at most %d"
                    .formatted(ends, knob.name(), Integer.MAX_VALUE));
            return Optional.empty();
        }
        return Optional.of(values.stream()
                .map(value -> whole ? (Object) (int) Math.round(value) : (Object) value)
                .distinct()
                .toList());
    }

    private static Optional<Double> required(Section range, String key) {
        if (!range.has(key)) {
            range.problem("Cannot step without %s: a range needs from and to".formatted(range.name(key)));
        }
        return range.find(key, ValueReader.finite());
    }

    private static List<Double> spread(double from, double to, int steps, Spacing scale) {
        List<Double> values = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            double share = (double) i / (steps - 1);
            double between = switch (scale) {
                case LINEAR -> from + share * (to - from);
                case LOG -> from * Math.pow(to / from, share);
            };
            values.add(i == 0 ? from : i == steps - 1 ? to : round(between));
        }
        return values;
    }

    private static List<Double> apart(double from, double to, double step) {
        // A millionth of a step, so that the last value is not lost to the rounding of decimals.
        int last = (int) Math.floor((to - from) / step + 1e-6);
        List<Double> values = new ArrayList<>(last + 1);
        for (int i = 0; i <= last; i++) {
            values.add(BigDecimal.valueOf(from)
                    .add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i)))
                    .doubleValue());
        }
        return values;
    }

    private static double round(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static List<Double> rounded(List<Double> values, int multiple) {
        return multiple == 1
                ? values
                : values.stream()
                        .map(value -> Math.max(multiple, Math.rint(value / multiple) * multiple))
                        .toList();
    }
}
