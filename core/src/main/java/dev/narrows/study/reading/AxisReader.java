package dev.narrows.study.reading;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.narrows.family.Knob;
import dev.narrows.study.setting.ValueReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the values of one knob. The knob's type decides the meaning of a list. */
final class AxisReader {
    private final Problems problems;

    AxisReader(Problems problems) {
        this.problems = problems;
    }

    /** The values in turn; empty where there is a problem. */
    Optional<List<@Nullable Object>> values(Knob<?> knob, ConfigValue value) {
        if (value instanceof ConfigObject object) {
            if (object.containsKey("from") || object.containsKey("to")) {
                return Range.read(knob, object, problems).map(values -> checked(knob, values, object));
            }
            problems.add(
                    Section.place(value),
                    "Cannot take %s = %s: it must be %s, a list of these, { from, to, steps } or { solve-for, equal }"
                            .formatted(knob.name(), Section.show(value), knob.range()));
            return Optional.empty();
        }
        if (!(value instanceof ConfigList list)) {
            return plain(knob, value).map(AxisReader::only);
        }
        if (list.isEmpty()) {
            problems.add(
                    Section.place(value),
                    "Cannot take an empty list for %s: it must have an entry".formatted(knob.name()));
            return Optional.empty();
        }
        if (knob.arity() != Knob.Arity.LIST) {
            return axis(knob, list);
        }
        long lists = list.stream().filter(ConfigList.class::isInstance).count();
        if (lists == 0 && !onlyNull(list)) {
            return plain(knob, value).map(AxisReader::only);
        }
        return axis(knob, list);
    }

    private static boolean onlyNull(ConfigList list) {
        return list.stream().allMatch(value -> value.unwrapped() == null);
    }

    private static List<@Nullable Object> only(Optional<Object> value) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(value.orElse(null));
        return values;
    }

    private Optional<List<@Nullable Object>> axis(Knob<?> knob, ConfigList list) {
        Set<Optional<Object>> values = new LinkedHashSet<>();
        boolean right = true;
        for (ConfigValue element : list) {
            Optional<Optional<Object>> value = plain(knob, element);
            right &= value.isPresent();
            if (value.isPresent() && !values.add(value.get())) {
                problems.add(
                        Section.place(element),
                        "Cannot take %s = %s twice: each value of an axis is tried once%s"
                                .formatted(knob.name(), Section.show(element), byStage(knob, list)));
            }
        }
        if (!right) {
            return Optional.empty();
        }
        List<@Nullable Object> plain = new ArrayList<>();
        values.forEach(value -> plain.add(value.orElse(null)));
        return Optional.of(plain);
    }

    /** The end of the message for a list of scalars that may have been meant by stage. */
    private static String byStage(Knob<?> knob, ConfigList list) {
        boolean scalars = list.stream().noneMatch(ConfigList.class::isInstance);
        return knob.arity() == Knob.Arity.BY_STAGE && scalars
                ? "; for one value per stage write %s = [%s]".formatted(knob.name(), Section.show(list))
                : "";
    }

    private List<@Nullable Object> checked(Knob<?> knob, List<? extends Object> values, ConfigValue place) {
        List<@Nullable Object> right = new ArrayList<>();
        for (Object value : values) {
            try {
                knob.read(value);
                right.add(value);
            } catch (IllegalArgumentException e) {
                problems.add(
                        Section.place(place), "Cannot take %s = %s: %s".formatted(knob.name(), value, e.getMessage()));
            }
        }
        return right;
    }

    /**
     * One choice, as the types that settings hold; an empty one within is {@code null}. Nothing at all where there is a
     * problem.
     */
    Optional<Optional<Object>> plain(Knob<?> knob, ConfigValue value) {
        if (value instanceof ConfigList list && !list.isEmpty() && knob.arity() != Knob.Arity.SCALAR) {
            List<Object> values = new ArrayList<>();
            for (ConfigValue element : list) {
                Object plain = scalar(knob, element);
                if (refused(knob, plain == null ? null : List.of(plain), element)) {
                    continue;
                }
                values.add(plain);
            }
            return values.size() == list.size() ? Optional.of(Optional.of(List.copyOf(values))) : Optional.empty();
        }
        Object plain = scalar(knob, value);
        return refused(knob, plain, value) ? Optional.empty() : Optional.of(Optional.ofNullable(plain));
    }

    private boolean refused(Knob<?> knob, @Nullable Object plain, ConfigValue value) {
        try {
            knob.read(plain);
            return false;
        } catch (IllegalArgumentException e) {
            problems.add(
                    Section.place(value),
                    "Cannot take %s = %s: %s".formatted(knob.name(), Section.show(value), e.getMessage()));
            return true;
        }
    }

    /** The value as the knob's columns hold it, where it can be that; else as it is, for the knob to refuse. */
    private static @Nullable Object scalar(Knob<?> knob, ConfigValue value) {
        Object raw = value.unwrapped();
        Optional<BigDecimal> number = ValueReader.number(raw);
        return switch (knob.type()) {
            case INTEGER -> number.isPresent() ? whole(number.get()) : raw;
            case DECIMAL -> number.isPresent() ? (Object) number.get().doubleValue() : raw;
            case FLAG -> "true".equals(raw) || "false".equals(raw) ? Boolean.valueOf((String) raw) : raw;
            case WORD -> raw instanceof Number && number.isPresent() ? whole(number.get()) : raw;
        };
    }

    private static Object whole(BigDecimal number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            return number.doubleValue();
        }
    }
}
