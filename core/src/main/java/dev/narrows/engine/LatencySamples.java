package dev.narrows.engine;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Place;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The calls of one network at one batch size in one runtime, over all rounds. */
final class LatencySamples {
    /** Warm-up ends when two runs of calls in succession differ by less, or at the latest after its share of time. */
    private static final double STEADY = 0.03;

    /** Calls of a run by which the warm-up is judged. */
    private static final int WARM_CALLS = 10;

    /** A round warms up for this share of its samples' shortest time at the latest. */
    private static final double WARM_SHARE = 0.5;

    /** Spread beyond which a row is flagged: the interquartile range over the median. */
    private static final double UNSTABLE = 0.1;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final LatencyProbe.Target target;
    private final LatencyRuntime runtime;
    private final int batchSize;
    private final Histogram times = new Histogram(LONGEST_NANOS, 3);
    private final List<Double> references = new ArrayList<>();
    private long startedAt;
    private long nanos;
    private double share;

    LatencySamples(LatencyProbe.Target target, LatencyRuntime runtime, int batchSize) {
        this.target = target;
        this.runtime = runtime;
        this.batchSize = batchSize;
    }

    LatencyProbe.Target target() {
        return target;
    }

    LatencyRuntime runtime() {
        return runtime;
    }

    int batchSize() {
        return batchSize;
    }

    /**
     * Takes samples until so large a share of the time and of the samples is there.
     *
     * @param until of all rounds, up to 1
     * @param referenceMicros of the reference kernel just before
     */
    void take(Deployed deployed, LatencySpec spec, double until, double referenceMicros) {
        startedAt = startedAt == 0 ? System.currentTimeMillis() : startedAt;
        references.add(referenceMicros);
        warmUp(deployed, (long) (WARM_SHARE * (until - share) * spec.minimumSeconds() * 1e9));
        share = until;
        double least = until * spec.minimumSeconds() * 1e9;
        double most = until * spec.maximumSeconds() * 1e9;
        double samples = until * spec.minimumSamples();
        do {
            long sample = time(deployed);
            nanos += sample;
            times.recordValue(Math.min(LONGEST_NANOS, sample));
        } while ((nanos < least || times.getTotalCount() < samples) && nanos < most);
    }

    private static long time(Deployed deployed) {
        long start = System.nanoTime();
        deployed.call();
        return System.nanoTime() - start;
    }

    private static void warmUp(Deployed deployed, long limit) {
        long start = System.nanoTime();
        double before = Double.MAX_VALUE;
        do {
            long sum = 0;
            for (int i = 0; i < WARM_CALLS; i++) {
                sum += time(deployed);
            }
            if (Math.abs(sum - before) < STEADY * before) {
                return;
            }
            before = sum;
        } while (System.nanoTime() - start < limit);
    }

    LatencyRow row(Place place) {
        double median = micros(50);
        double iqr = micros(75) - micros(25);
        return new LatencyRow(
                target.variantId(),
                target.variant(),
                runtime,
                batchSize,
                times.getTotalCount(),
                median,
                micros(90),
                micros(99),
                iqr,
                iqr > UNSTABLE * median,
                batchSize / median * 1e6,
                references.stream()
                        .sorted()
                        .skip(references.size() / 2)
                        .findFirst()
                        .orElseThrow(),
                place,
                startedAt);
    }

    private double micros(double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }
}
