package dev.narrows.study;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.narrows.family.Knob;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What one value of a study file may be. Typesafe Config's own getters convert too much: {@code getInt} makes 1 of 1.5,
 * and a duration without a unit is milliseconds.
 */
@FunctionalInterface
interface Form<T> {
    /**
     * The value in the form that records hold.
     *
     * @throws IllegalArgumentException where the value is not of this form; the message is the reason alone
     */
    T read(ConfigValue value);

    static Form<Long> whole(long minimum) {
        return value -> {
            BigDecimal number = number(value).orElse(null);
            if (number == null
                    || number.stripTrailingZeros().scale() > 0
                    || number.compareTo(BigDecimal.valueOf(minimum)) < 0) {
                throw new IllegalArgumentException("it must be a whole number of at least " + minimum);
            }
            if (number.compareTo(new BigDecimal(BigInteger.valueOf(Long.MAX_VALUE))) > 0) {
                throw new IllegalArgumentException("it does not fit 64 bits");
            }
            return number.longValueExact();
        };
    }

    static Form<Integer> integer(int minimum) {
        Form<Long> whole = whole(minimum);
        return value -> {
            long number = whole.read(value);
            if (number > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("it must be at most " + Integer.MAX_VALUE);
            }
            return (int) number;
        };
    }

    /** Any whole number of 64 bits. */
    static Form<Long> seed() {
        return value -> {
            try {
                return number(value).orElseThrow().longValueExact();
            } catch (ArithmeticException | java.util.NoSuchElementException e) {
                throw new IllegalArgumentException("it must be a whole number of 64 bits", e);
            }
        };
    }

    static Form<Double> finite() {
        return decimal("a number", number -> true);
    }

    static Form<Double> above(double bound) {
        return decimal("a number greater than " + plain(bound), number -> number > bound);
    }

    static Form<Double> atLeast(double bound) {
        return decimal("a number of at least " + plain(bound), number -> number >= bound);
    }

    /** At least 0 and less than 1. */
    static Form<Double> share() {
        return decimal("a number of at least 0 and less than 1", number -> number >= 0 && number < 1);
    }

    private static Form<Double> decimal(String words, java.util.function.DoublePredicate holds) {
        return value -> {
            double number = number(value).map(BigDecimal::doubleValue).orElse(Double.NaN);
            if (!Double.isFinite(number) || !holds.test(number)) {
                throw new IllegalArgumentException("it must be " + words);
            }
            return number;
        };
    }

    static Form<Boolean> flag() {
        return value -> {
            Object plain = value.unwrapped();
            if (plain instanceof Boolean flag) {
                return flag;
            }
            if ("true".equals(plain) || "false".equals(plain)) {
                return Boolean.valueOf((String) plain);
            }
            throw new IllegalArgumentException("it must be true or false");
        };
    }

    static Form<String> text() {
        return value -> {
            Object plain = value.unwrapped();
            if (plain instanceof String || plain instanceof Number || plain instanceof Boolean) {
                String text = plain.toString().strip();
                if (!text.isEmpty()) {
                    return text;
                }
            }
            throw new IllegalArgumentException("it must be a text");
        };
    }

    /** One of some words, with the nearest one told where it is none of them. */
    static Form<String> word(List<String> words) {
        return value -> {
            if (value.unwrapped() instanceof String word) {
                if (words.contains(word)) {
                    return word;
                }
                String near = Nearest.to(word, words)
                        .map(other -> "; the nearest is " + other)
                        .orElse("");
                throw new IllegalArgumentException("it must be one of " + String.join(", ", words) + near);
            }
            throw new IllegalArgumentException("it must be one of " + String.join(", ", words));
        };
    }

    /** One of the constants of an enum, in kebab case. */
    static <E extends Enum<E>> Form<E> choice(Class<E> constants) {
        List<String> words = new ArrayList<>();
        for (E constant : constants.getEnumConstants()) {
            words.add(Knob.word(constant));
        }
        Form<String> word = word(words);
        return value -> constants.getEnumConstants()[words.indexOf(word.read(value))];
    }

    /** A duration, in seconds; it needs a unit. */
    static Form<Double> seconds() {
        return value -> {
            String reason = "it must be a duration with a unit, such as 90 s or 10 minutes";
            if (value.valueType() != ConfigValueType.STRING || number(value).isPresent()) {
                throw new IllegalArgumentException(reason);
            }
            try {
                double seconds = alone(value).getDuration(ONLY, TimeUnit.NANOSECONDS) / 1e9;
                if (seconds <= 0) {
                    throw new IllegalArgumentException("it must be longer than nothing");
                }
                return seconds;
            } catch (ConfigException e) {
                throw new IllegalArgumentException(reason, e);
            }
        };
    }

    /** A size in bytes; a number alone is bytes, and a letter alone is no unit: to some 5M is 5,000,000, to others 5,242,880. */
    static Form<Long> bytes() {
        return value -> {
            String reason = "it must be a size such as 2 GiB or 2 GB";
            if (value.unwrapped() instanceof String text
                    && !SIZE.matcher(text.strip().toLowerCase(Locale.ROOT)).matches()) {
                throw new IllegalArgumentException(reason);
            }
            try {
                long bytes = alone(value).getBytes(ONLY);
                if (bytes < 1) {
                    throw new IllegalArgumentException("it must be at least one byte");
                }
                return bytes;
            } catch (ConfigException e) {
                throw new IllegalArgumentException(reason, e);
            }
        };
    }

    /** Nothing, where the file says {@code null}. */
    static <T> Form<Optional<T>> orNone(Form<T> form) {
        return value -> value.valueType() == ConfigValueType.NULL ? Optional.empty() : Optional.of(form.read(value));
    }

    String ONLY = "value";

    Pattern SIZE = Pattern.compile("[0-9.]+\\s*(b|bytes?|[kmgtp]i?b|(kilo|mega|giga|tera|kibi|mebi|gibi|tebi)bytes?)?");

    private static Config alone(ConfigValue value) {
        return value.atKey(ONLY);
    }

    /** The number that a value is or, as an environment variable is always text, spells. */
    static Optional<BigDecimal> number(ConfigValue value) {
        Object plain = value.unwrapped();
        if (!(plain instanceof Number) && !(plain instanceof String)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(plain.toString().strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number without a needless {@code .0}. */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
