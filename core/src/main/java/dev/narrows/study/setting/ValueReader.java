package dev.narrows.study.setting;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import dev.narrows.family.Knob;
import dev.narrows.study.Magnitude;
import dev.narrows.study.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of a study file, or says what it must be. Typesafe Config's own getters convert too much: {@code
 * getInt} makes 1 of 1.5, and a duration without a unit is milliseconds.
 *
 * @param <T> the type that records hold
 */
public final class ValueReader<T> {
    private static final String ONLY = "value";
    private static final Pattern SIZE =
            Pattern.compile("[0-9.]+\\s*(b|bytes?|[kmgtp]i?b|(kilo|mega|giga|tera|kibi|mebi|gibi|tebi)bytes?)?");

    /** A count with a magnitude. */
    private static final Pattern SHORT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kKMG])");

    /** Less memory than any process has is a number without its unit. */
    private static final long LEAST_BYTES = 1 << 20;

    private final String words;
    private final Function<@Nullable Object, T> reading;

    /**
     * @param words form of a value, as messages and pages write it: {@code a whole number of at least 1}
     * @param reading of a plain value; an {@link IllegalArgumentException} has the reason alone
     */
    public ValueReader(String words, Function<@Nullable Object, T> reading) {
        this.words = words;
        this.reading = reading;
    }

    public String words() {
        return words;
    }

    /**
     * The value as records hold it.
     *
     * @param plain a number, flag, text, list or map, or null
     * @throws IllegalArgumentException where it is not one; the message is the reason alone
     */
    public T read(@Nullable Object plain) {
        return reading.apply(plain);
    }

    /** The same with something else made of it. */
    public <S> ValueReader<S> map(Function<T, S> further) {
        return new ValueReader<>(words, plain -> further.apply(read(plain)));
    }

    public static ValueReader<Long> whole(long minimum) {
        String words = "a whole number of at least " + minimum;
        return new ValueReader<>(words, plain -> {
            BigDecimal number = number(plain).orElse(null);
            if (number == null
                    || number.stripTrailingZeros().scale() > 0
                    || number.compareTo(BigDecimal.valueOf(minimum)) < 0) {
                throw mustBe(words);
            }
            if (number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
                throw mustBe("at most %d, the largest number of 64 bits".formatted(Long.MAX_VALUE));
            }
            return number.longValueExact();
        });
    }

    /** A whole number that may end in a magnitude: {@code 200k} is 200,000. */
    public static ValueReader<Long> count(long minimum) {
        ValueReader<Long> whole = whole(minimum);
        return new ValueReader<>(whole.words + ", which may end in k, M or G (powers of 1,000)", plain -> {
            Matcher shortened = SHORT.matcher(plain instanceof String text ? text.strip() : "");
            return whole.read(
                    shortened.matches()
                            ? new BigDecimal(shortened.group(1))
                                    .multiply(BigDecimal.valueOf(
                                            Magnitude.of(shortened.group(2)).orElseThrow()))
                            : plain);
        });
    }

    public static ValueReader<Integer> integer(int minimum) {
        return whole(minimum).map(number -> {
            if (number > Integer.MAX_VALUE) {
                throw mustBe("at most " + Integer.MAX_VALUE);
            }
            return (int) (long) number;
        });
    }

    /** Any whole number of 64 bits. */
    public static ValueReader<Long> seed() {
        String words = "a whole number of 64 bits, also a negative one";
        return new ValueReader<>(words, plain -> {
            BigDecimal number = number(plain).orElseThrow(() -> mustBe(words));
            if (number.stripTrailingZeros().scale() > 0) {
                throw mustBe(words);
            }
            if (number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                    || number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) < 0) {
                throw mustBe("from %d to %d, the numbers of 64 bits".formatted(Long.MIN_VALUE, Long.MAX_VALUE));
            }
            return number.longValueExact();
        });
    }

    public static ValueReader<Double> finite() {
        return decimal("a number", number -> true);
    }

    public static ValueReader<Double> above(double bound) {
        return decimal("a number greater than " + plain(bound), number -> number > bound);
    }

    public static ValueReader<Double> atLeast(double bound) {
        return decimal("a number of at least " + plain(bound), number -> number >= bound);
    }

    /** At least 0 and less than 1. */
    public static ValueReader<Double> share() {
        return decimal("a number of at least 0 and less than 1", number -> number >= 0 && number < 1);
    }

    /** Greater than 0 and at most 1. */
    public static ValueReader<Double> part() {
        return decimal("a number greater than 0 and at most 1", number -> number > 0 && number <= 1);
    }

    private static ValueReader<Double> decimal(String words, DoublePredicate holds) {
        return new ValueReader<>(words, plain -> {
            double number = number(plain).map(BigDecimal::doubleValue).orElse(Double.NaN);
            if (!Double.isFinite(number) || !holds.test(number)) {
                throw mustBe(words);
            }
            return number;
        });
    }

    public static ValueReader<Boolean> flag() {
        String words = "true or false";
        return new ValueReader<>(words, plain -> {
            if (plain instanceof Boolean flag) {
                return flag;
            }
            if ("true".equals(plain) || "false".equals(plain)) {
                return Boolean.valueOf((String) plain);
            }
            throw mustBe(words);
        });
    }

    public static ValueReader<String> text() {
        String words = "a text";
        return new ValueReader<>(words, plain -> {
            if (plain instanceof String || plain instanceof Number || plain instanceof Boolean) {
                String text = plain.toString().strip();
                if (!text.isEmpty()) {
                    return text;
                }
            }
            throw mustBe(words);
        });
    }

    /** One of the constants of an enum, in kebab case, with the nearest one told where it is none of them. */
    public static <E extends Enum<E>> ValueReader<E> choice(Class<E> constants) {
        List<String> choices = new ArrayList<>();
        for (E constant : constants.getEnumConstants()) {
            choices.add(Knob.word(constant));
        }
        String words = "one of " + String.join(", ", choices);
        return new ValueReader<>(words, plain -> {
            int index = plain instanceof String word ? choices.indexOf(word) : -1;
            if (index < 0) {
                throw mustBe(words
                        + Optional.ofNullable(plain)
                                .filter(String.class::isInstance)
                                .flatMap(word -> Nearest.to((String) word, choices))
                                .map(near -> "; the nearest is " + near)
                                .orElse(""));
            }
            return constants.getEnumConstants()[index];
        });
    }

    /** A duration, in seconds; it needs a unit. */
    public static ValueReader<Double> seconds() {
        String words = "a duration with a unit, such as 90 s or 10 minutes";
        return new ValueReader<>(words, plain -> {
            if (!(plain instanceof String) || number(plain).isPresent()) {
                throw mustBe(words);
            }
            try {
                double seconds = alone(plain).getDuration(ONLY, TimeUnit.NANOSECONDS) / 1e9;
                if (seconds <= 0) {
                    throw mustBe("longer than nothing");
                }
                return seconds;
            } catch (ConfigException e) {
                throw new IllegalArgumentException("it must be " + words, e);
            }
        });
    }

    /**
     * A size in bytes; a number alone is bytes, and a letter alone is no unit: to some 5M is 5,000,000, to others
     * 5,242,880.
     */
    public static ValueReader<Long> bytes() {
        String words = "a size such as 2 GiB or 2 GB";
        return new ValueReader<>(words, plain -> {
            if (plain instanceof String text
                    && !SIZE.matcher(text.strip().toLowerCase(Locale.ROOT)).matches()) {
                throw mustBe(words);
            }
            try {
                long bytes = alone(plain).getBytes(ONLY);
                if (bytes < LEAST_BYTES) {
                    boolean alone = number(plain).isPresent();
                    throw new IllegalArgumentException("it is %d %s, and no training fits that%s"
                            .formatted(
                                    bytes,
                                    bytes == 1 ? "byte" : "bytes",
                                    alone && bytes > 0
                                            ? "; did you mean %s %s?".formatted(plain, bytes < 512 ? "GiB" : "MiB")
                                            : ""));
                }
                return bytes;
            } catch (ConfigException e) {
                throw new IllegalArgumentException("it must be " + words, e);
            }
        });
    }

    /** Nothing, where the file says {@code null}. */
    public static <T> ValueReader<Optional<T>> orNone(ValueReader<T> reader) {
        return new ValueReader<>(
                reader.words + ", or null",
                plain -> plain == null ? Optional.empty() : Optional.of(reader.read(plain)));
    }

    public static IllegalArgumentException mustBe(String words) {
        return new IllegalArgumentException("it must be " + words);
    }

    private static Config alone(@Nullable Object plain) {
        return ConfigValueFactory.fromAnyRef(plain).atKey(ONLY);
    }

    /** The number that a value is or, as an environment variable is always text, spells. */
    public static Optional<BigDecimal> number(@Nullable Object plain) {
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
    public static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
