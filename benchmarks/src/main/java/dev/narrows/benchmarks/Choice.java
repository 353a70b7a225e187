package dev.narrows.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
        Arguments given = Arguments.of(
                Map.of(
                        "rounds", "2",
                        "seconds", "1",
                        "trials", "1,2",
                        "variants", Arguments.all(Variant.values()),
                        "contenders", Arguments.all(Contender.values()),
                        "modes", "peak,train,evaluate",
                        "clock", "wall"),
                arguments);
        List<String> modes = given.named("modes", List.of(PEAK, "train", "evaluate"), Function.identity());
        return new Choice(
                given.count("rounds"),
                given.seconds("seconds"),
                given.words("trials").stream().map(Integer::valueOf).toList(),
                given.named("variants", List.of(Variant.values()), Arguments::word),
                given.named("contenders", List.of(Contender.values()), Arguments::word),
                modes.stream().filter(mode -> !mode.equals(PEAK)).toList(),
                modes.contains(PEAK),
                given.clock() == BenchmarkClock.PROCESSOR);
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
