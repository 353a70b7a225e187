package dev.narrows.engine;

import dev.narrows.files.Reason;
import dev.narrows.gpu.GpuState;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuConditions;
import dev.narrows.trial.LatencyRow;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The calls of one network at one batch size in one runtime, over all rounds. */
final class LatencySamples {
    /** Warm-up ends when two runs of calls in succession differ by less, or at the latest after its share of time. */
    private static final double STEADY = 0.03;

    /** Calls of a run; the warm-up ends by comparing runs. */
    private static final int WARM_CALLS = 5;

    /** A round warms up for this share of its samples' shortest time at the latest. */
    private static final double WARM_SHARE = 0.5;

    /** Spread beyond which a row is flagged: the interquartile range over the median. */
    private static final double UNSTABLE = 0.1;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final LatencyProbe.Target target;
    private final LatencyRuntime runtime;
    private final int batchSize;
    private final Histogram times = histogram();
    private final Histogram references = histogram();
    private long startedAt;
    private long nanos;
    private double share;
    private GpuState state = GpuState.UNKNOWN;

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

    /** A sentence on why there will be no row. */
    String lost(Throwable reason) {
        return "Cannot measure the latency of %s at batch size %d in %s: %s"
                .formatted(
                        target.variant(),
                        batchSize,
                        runtime.name().toLowerCase(Locale.ROOT),
                        Reason.of(reason).lines().findFirst().orElse(reason.toString()));
    }

    /** Of calls up to a minute, to the third digit. */
    static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, 3);
    }

    /** Calls of the reference kernel beside this network. */
    Histogram references() {
        return references;
    }

    /**
     * Takes samples until so large a share of the time and of the samples is there.
     *
     * @param until of all rounds, up to 1
     */
    void take(Deployed deployed, LatencySpec spec, double until) {
        startedAt = startedAt == 0 ? System.currentTimeMillis() : startedAt;
        warmUp(deployed, (long) (WARM_SHARE * (until - share) * spec.minimumSeconds() * 1e9));
        share = until;
        double least = until * spec.minimumSeconds() * 1e9;
        double most = until * spec.maximumSeconds() * 1e9;
        double samples = until * spec.minimumSamples();
        do {
            long sample = time(deployed);
            nanos += sample;
            times.recordValue(sample);
        } while ((nanos < least || times.getTotalCount() < samples) && nanos < most);
    }

    /** Notes the state of the GPU right after calls. */
    void on(GpuState now) {
        state = state.worse(now);
    }

    /** Of one call, in nanoseconds. */
    static long time(Deployed deployed) {
        long start = System.nanoTime();
        deployed.call();
        return Math.min(LONGEST_NANOS, System.nanoTime() - start);
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

    /** @param referenceP10Micros 10th percentile of the reference kernel over the whole pass */
    LatencyRow row(Environment environment, double referenceP10Micros) {
        double quiet = micros(times, 10);
        double median = micros(times, 50);
        double iqr = micros(times, 75) - micros(times, 25);
        return new LatencyRow(
                target.variantId(),
                target.variant(),
                runtime,
                batchSize,
                times.getTotalCount(),
                quiet,
                median,
                micros(times, 90),
                micros(times, 99),
                iqr,
                iqr > UNSTABLE * median || !state.disturbance().isEmpty(),
                batchSize / median * 1e6,
                micros(references, 50),
                quiet / referenceP10Micros,
                environment,
                GpuConditions.known(state.clockMhz(), state.disturbance()),
                startedAt);
    }

    static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e3;
    }
}
