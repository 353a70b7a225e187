package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.trial.Epoch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.hipparchus.stat.correlation.KendallsCorrelation;

/**
 * Rank agreement of cheap proxies with final accuracy and latency. Proxies are costs that need no training, and the
 * validation accuracy after each early epoch.
 */
public final class Proxies {
    /**
     * Least number of variants: with fewer, a rank correlation says next to nothing. Five are in perfect order by
     * chance once in 60 times.
     */
    private static final int FEWEST = 5;

    private static final int DRAWS = 1000;
    private static final int FEWER_DRAWS = 200;
    private static final int MANY = 300;
    private static final long SEED = 20_261_124;
    private static final List<Measure> COSTS = List.of(Measure.PARAMS, Measure.MACS, Measure.ACTIVATIONS);

    private Proxies() {}

    /** Proxies for every target that the variants have. */
    public static List<Proxy> of(List<VariantSummary> summaries) {
        List<Proxy> proxies = new ArrayList<>();
        for (Measure target : List.of(Measure.VALIDATION_ACCURACY, Measure.LATENCY_P50_US)) {
            for (Measure cost : COSTS) {
                add(proxies, cost.word(), target, summaries, summary -> summary.measure(cost));
            }
            if (target == Measure.VALIDATION_ACCURACY) {
                add(proxies, Measure.LATENCY_P50_US.word(), target, summaries, s -> s.measure(Measure.LATENCY_P50_US));
                for (int epoch = 1; epoch < epochs(summaries); epoch++) {
                    int until = epoch;
                    add(proxies, "epoch " + epoch, target, summaries, summary -> after(summary, until));
                }
            }
        }
        return proxies;
    }

    /** Rank agreement of a measure in one study with that in another, for the same variants in the same order. */
    public static Proxy between(List<VariantSummary> ones, List<VariantSummary> others, Measure measure) {
        double[] first = ones.stream().mapToDouble(one -> one.measure(measure)).toArray();
        double[] second =
                others.stream().mapToDouble(other -> other.measure(measure)).toArray();
        double correlation = first.length < 2 ? Double.NaN : correlation(first, second);
        return new Proxy("another study", measure, first.length, correlation, interval(first, second));
    }

    private static int epochs(List<VariantSummary> summaries) {
        return summaries.stream()
                .flatMap(summary -> summary.chosen().stream())
                .mapToInt(row -> row.result().epochs().size())
                .max()
                .orElse(0);
    }

    /** Mean over the seeds of the validation accuracy after this many epochs; NaN if training ended by then. */
    private static double after(VariantSummary summary, int epoch) {
        return summary.chosen().stream()
                .mapToDouble(row -> after(row, epoch))
                .average()
                .orElse(Double.NaN);
    }

    private static double after(TrialRow row, int epoch) {
        List<Epoch> epochs = row.result().epochs();
        return epoch < epochs.size() ? epochs.get(epoch - 1).validationAccuracy() : Double.NaN;
    }

    private static void add(
            List<Proxy> proxies,
            String name,
            Measure target,
            List<VariantSummary> summaries,
            ToDoubleFunction<VariantSummary> value) {
        List<VariantSummary> both = summaries.stream()
                .filter(summary -> !Double.isNaN(value.applyAsDouble(summary)))
                .filter(summary -> !Double.isNaN(summary.measure(target)))
                .toList();
        if (both.size() < 2) {
            return;
        }
        double[] ones = both.stream().mapToDouble(value).toArray();
        double[] others =
                both.stream().mapToDouble(summary -> summary.measure(target)).toArray();
        proxies.add(new Proxy(name, target, ones.length, correlation(ones, others), interval(ones, others)));
    }

    static double correlation(double[] ones, double[] others) {
        return new KendallsCorrelation().correlation(ones, others);
    }

    /** Percentile interval over bootstrap resamples of the variants. */
    static Optional<Interval> interval(double[] ones, double[] others) {
        int variants = ones.length;
        if (variants < FEWEST) {
            return Optional.empty();
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(SEED);
        // One generator gives all resamples in order, and only then are they correlated in parallel.
        List<int[]> resamples = IntStream.range(0, variants > MANY ? FEWER_DRAWS : DRAWS)
                .mapToObj(draw -> random.ints(variants, 0, variants).toArray())
                .toList();
        double[] drawn = resamples.parallelStream()
                .mapToDouble(again -> correlation(
                        Arrays.stream(again).mapToDouble(i -> ones[i]).toArray(),
                        Arrays.stream(again).mapToDouble(i -> others[i]).toArray()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double tail = (1 - Interval.LEVEL) / 2;
        return drawn.length < FEWER_DRAWS / 2
                ? Optional.empty()
                : Optional.of(new Interval(
                        drawn[(int) Math.floor(tail * (drawn.length - 1))],
                        drawn[(int) Math.ceil((1 - tail) * (drawn.length - 1))]));
    }
}
