package dev.narrows.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A choice of measurements.
 *
 * @param rounds measurements of everything, each in a new process
 * @param seconds of an iteration, of which a process has one to warm up and three that count
 * @param trials networks that train at once, each on one thread
 * @param modes train, evaluate, or both
 * @param peak true if the machine's own peak is measured too
 * @param processorTime true if a second is one of the trial's processor time, for a machine that others use too
 */
record Choice(
        int rounds,
        double seconds,
        List<Integer> trials,
        List<Variant> variants,
        List<Contender> contenders,
        List<String> modes,
        boolean peak,
        boolean processorTime) {
    private static final String PEAK = "peak";

    /** Reads {@code name=value} arguments; lists are parted by commas. */
    static Choice of(String... arguments) {
        Map<String, String> given = new HashMap<>(Map.of(
                "rounds", "2",
                "seconds", "1",
                "trials", "1,2",
                "variants", words(Variant.values()),
                "contenders", words(Contender.values()),
                "modes", "peak,train,evaluate",
                "clock", "wall"));
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 0 || !given.containsKey(argument.substring(0, at))) {
                throw new IllegalArgumentException(
                        "Cannot understand %s: known are %s, each as name=value".formatted(argument, given.keySet()));
            }
            given.put(argument.substring(0, at), argument.substring(at + 1));
        }
        return new Choice(
                Integer.parseInt(given.getOrDefault("rounds", "")),
                Double.parseDouble(given.getOrDefault("seconds", "")),
                split(given, "trials").map(Integer::valueOf).toList(),
                split(given, "variants")
                        .map(word -> Variant.valueOf(constant(word)))
                        .toList(),
                split(given, "contenders")
                        .map(word -> Contender.valueOf(constant(word)))
                        .toList(),
                split(given, "modes").filter(mode -> !mode.equals(PEAK)).toList(),
                split(given, "modes").anyMatch(PEAK::equals),
                given.getOrDefault("clock", "").equals("processor"));
    }

    private static String words(Enum<?>[] values) {
        return String.join(",", Arrays.stream(values).map(Enum::name).toList());
    }

    private static java.util.stream.Stream<String> split(Map<String, String> given, String name) {
        return Arrays.stream(given.getOrDefault(name, "").split(","));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Of JMH's names of what is measured. */
    String pattern() {
        return "StepBenchmark\\.(%s)$".formatted(String.join("|", modes));
    }

    /** Processes of one round and number of trials. */
    int forks() {
        return (peak ? 4 : 0) + variants.size() * contenders.size() * modes.size();
    }
}
