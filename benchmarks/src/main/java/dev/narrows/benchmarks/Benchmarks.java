package dev.narrows.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all measurements and prints them as one table.
 *
 * <p>Every measurement has a process of its own, since settings of libc are a process's. The contenders of a variant
 * follow one another closely and the whole is done in rounds, so that a slow minute of the machine falls on all alike.
 */
public final class Benchmarks {
    private static final String PROCESSOR_TIME = "perProcessorSecond";

    /** Images per second of one measurement, or millions of operations or bytes, of every iteration of every round. */
    private final Map<String, List<Double>> scores = new LinkedHashMap<>();

    private Benchmarks() {}

    /** Arguments are {@code name=value}: rounds, seconds, trials, variants, contenders, modes. */
    public static void main(String[] arguments) throws RunnerException {
        Choice choice = Choice.of(arguments);
        Benchmarks benchmarks = new Benchmarks();
        for (int round = 1; round <= choice.rounds(); round++) {
            for (int trials : choice.trials()) {
                System.err.printf(
                        "round %d of %d, %d at once (%d forks)%n", round, choice.rounds(), trials, choice.forks());
                if (choice.peak()) {
                    benchmarks.run(choice, trials, "PeakBenchmark", List.of());
                }
                // A variant's contenders one after another: a slow minute falls on all of them.
                for (Variant variant : choice.variants()) {
                    benchmarks.run(choice, trials, choice.pattern(), List.of(variant));
                }
            }
        }
        System.out.print(new Report(benchmarks.medians(), choice).text());
    }

    private void run(Choice choice, int trials, String pattern, List<Variant> variants) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(pattern)
                .param("variant", variants.stream().map(Enum::name).toArray(String[]::new))
                .param("contender", choice.contenders().stream().map(Enum::name).toArray(String[]::new))
                .threads(trials)
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds((long) (1000 * choice.seconds())))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds((long) (1000 * choice.seconds())))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs("-Xmx1g", "-DOPT_OUT_TRACKING=true", "-Dai.djl.offline=true");
        for (RunResult result : new Runner(options.build()).run()) {
            BenchmarkParams params = result.getParams();
            List<String> key = new ArrayList<>();
            key.add(params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1));
            for (String name : List.of("variant", "contender", "precision")) {
                if (params.getParamsKeys().contains(name)) {
                    key.add(params.getParam(name));
                }
            }
            key.add(String.valueOf(trials));
            List<Double> all = scores.computeIfAbsent(String.join(" ", key), k -> new ArrayList<>());
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    all.add(
                            choice.processorTime()
                                            && iteration.getSecondaryResults().containsKey(PROCESSOR_TIME)
                                    ? iteration
                                            .getSecondaryResults()
                                            .get(PROCESSOR_TIME)
                                            .getScore()
                                    : iteration.getPrimaryResult().getScore());
                }
            }
            System.err.printf(Locale.ROOT, "  %-60s %,12.0f%n", String.join(" ", key), median(all));
        }
    }

    private Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        scores.forEach((key, all) -> medians.put(key, median(all)));
        return medians;
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
