package dev.narrows.benchmarks.forms;

import dev.narrows.benchmarks.Arguments;
import dev.narrows.benchmarks.BenchmarkClock;
import dev.narrows.study.Precision;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A choice of what is timed.
 *
 * @param rounds of each comparison
 * @param seconds of the slowest program in a round
 * @param rules their words
 * @param clock that seconds are of
 */
record FormsChoice(
        int rounds,
        double seconds,
        List<StudiedNetwork> networks,
        List<String> rules,
        List<Precision> precisions,
        BenchmarkClock clock) {
    /** Rounds without which there is no middle half. */
    private static final int FEWEST_ROUNDS = 3;

    FormsChoice {
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException(
                    "Cannot judge by rounds=%d: noise shows in %d rounds or more".formatted(rounds, FEWEST_ROUNDS));
        }
        networks = List.copyOf(networks);
        rules = List.copyOf(rules);
        precisions = List.copyOf(precisions);
    }

    static final String USAGE = """
            benchmarks/forms [name=value …]
              rounds=5           rounds of each comparison, 3 or more; medians over them count
              seconds=1          of the slowest program in a round
              networks=…         %s
              rules=…            %s
              precisions=…       fp32, bf16
              clock=wall         or processor: seconds of processor time, for a machine that others use too
            Lists are parted by commas, and are whole by default.
            """.formatted(
            String.join(
                    ", ",
                    StudiedNetwork.all().stream().map(StudiedNetwork::word).toList()),
            String.join(", ", Comparison.rules()));

    /** @throws IllegalArgumentException where an argument is not understood */
    static FormsChoice of(String... arguments) {
        List<StudiedNetwork> networks = StudiedNetwork.all();
        Arguments given = Arguments.of(
                Map.of(
                        "rounds", "5",
                        "seconds", "1",
                        "networks",
                                String.join(
                                        ",",
                                        networks.stream()
                                                .map(StudiedNetwork::word)
                                                .toList()),
                        "rules", String.join(",", Comparison.rules()),
                        "precisions", "fp32,bf16",
                        "clock", "wall"),
                arguments);
        return new FormsChoice(
                given.count("rounds"),
                given.seconds("seconds"),
                given.named("networks", networks, StudiedNetwork::word),
                given.named("rules", Comparison.rules(), Function.identity()),
                given.named("precisions", List.of(Precision.FP32, Precision.BF16), Arguments::word),
                given.clock());
    }
}
