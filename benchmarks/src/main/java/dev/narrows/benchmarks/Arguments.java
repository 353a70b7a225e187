package dev.narrows.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Arguments {@code name=value} of a benchmark, over its defaults; lists are parted by commas. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads arguments.
     *
     * @param defaults of every name that is known
     * @throws IllegalArgumentException where an argument has no such name
     */
    public static Arguments of(Map<String, String> defaults, String... arguments) {
        Map<String, String> values = new HashMap<>(defaults);
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 0 || !values.containsKey(argument.substring(0, at))) {
                throw new IllegalArgumentException("Cannot understand %s: known are %s, each as name=value"
                        .formatted(argument, String.join(", ", new TreeSet<>(defaults.keySet()))));
            }
            values.put(argument.substring(0, at), argument.substring(at + 1));
        }
        return new Arguments(values);
    }

    /** A number above zero. */
    public double seconds(String name) {
        return positive(name, Double::valueOf);
    }

    /** A whole number above zero. */
    public int count(String name) {
        return positive(name, Integer::valueOf);
    }

    private <N extends Number> N positive(String name, Function<String, N> read) {
        try {
            N number = read.apply(text(name));
            if (number.doubleValue() > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(message(name, text(name), "a number above zero"), e);
        }
        throw new IllegalArgumentException(message(name, text(name), "a number above zero"));
    }

    /** The words of a list. */
    public List<String> words(String name) {
        return List.of(text(name).split(",", -1));
    }

    /**
     * The words of a list as what they name.
     *
     * @param known all that can be named
     * @param word the name of one
     * @throws IllegalArgumentException where a word names none
     */
    public <T> List<T> named(String name, List<T> known, Function<T, String> word) {
        return words(name).stream()
                .map(asked -> known.stream()
                        .filter(one -> word.apply(one).equals(dashed(asked)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(message(
                                name,
                                asked,
                                String.join(", ", known.stream().map(word).toList())))))
                .toList();
    }

    /** The clock that is named. */
    public BenchmarkClock clock() {
        return named("clock", List.of(BenchmarkClock.values()), Arguments::word).get(0);
    }

    /** The words of all constants, as a default. */
    public static String all(Enum<?>[] constants) {
        return String.join(",", Arrays.stream(constants).map(Arguments::word).toList());
    }

    /** The word of a constant. */
    public static String word(Enum<?> constant) {
        return dashed(constant.name());
    }

    private static String dashed(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String message(String name, String value, String wanted) {
        return "Cannot take %s=%s: it takes %s".formatted(name, value, wanted);
    }

    private String text(String name) {
        return values.getOrDefault(name, "");
    }
}
