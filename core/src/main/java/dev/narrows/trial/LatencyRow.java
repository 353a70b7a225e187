package dev.narrows.trial;

import dev.narrows.study.LatencyRuntime;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latency of one folded network at one batch size.
 *
 * @param runtime runtime of the network
 * @param samples calls measured, after the warm-up
 * @param p10Micros 10th percentile, the time of a call on a quiet host; null in rows of earlier versions
 * @param unstable true where the interquartile range exceeds a tenth of the median, or a GPU was shared or throttled
 * @param imagesPerSecond images of a batch by the median of a call
 * @param referenceMicros median of a fixed kernel measured beside it
 * @param relative the 10th percentile by that of the fixed kernel over the whole pass, by which runs and hosts compare;
 *     null in rows of earlier versions
 * @param conditions of a GPU; null on a processor, and where they could not be read
 */
public record LatencyRow(
        String variantId,
        String variant,
        LatencyRuntime runtime,
        int batchSize,
        long samples,
        @Nullable Double p10Micros,
        double p50Micros,
        double p90Micros,
        double p99Micros,
        double iqrMicros,
        boolean unstable,
        double imagesPerSecond,
        double referenceMicros,
        @Nullable Double relative,
        Environment environment,
        @Nullable GpuConditions conditions,
        long startedAt)
        implements Serializable {
    /** The latency on a processor. */
    public LatencyRow(
            String variantId,
            String variant,
            LatencyRuntime runtime,
            int batchSize,
            long samples,
            @Nullable Double p10Micros,
            double p50Micros,
            double p90Micros,
            double p99Micros,
            double iqrMicros,
            boolean unstable,
            double imagesPerSecond,
            double referenceMicros,
            @Nullable Double relative,
            Environment environment,
            long startedAt) {
        this(
                variantId,
                variant,
                runtime,
                batchSize,
                samples,
                p10Micros,
                p50Micros,
                p90Micros,
                p99Micros,
                iqrMicros,
                unstable,
                imagesPerSecond,
                referenceMicros,
                relative,
                environment,
                null,
                startedAt);
    }

    /**
     * The way in which a network was run. The host is no part of it, because the rows of a study are those of one host.
     *
     * @param device {@code cpu} or {@code gpu}
     */
    public record Way(LatencyRuntime runtime, String device, String precision, int threads) {}

    /**
     * Of each group, the rows of the way that was measured last: with other threads, or on another kind of device,
     * latencies do not compare.
     */
    public static List<LatencyRow> measuredLast(List<LatencyRow> rows, Function<LatencyRow, List<Object>> group) {
        Map<List<Object>, LatencyRow> last = rows.stream()
                .collect(Collectors.toMap(
                        group, row -> row, BinaryOperator.maxBy(Comparator.comparingLong(LatencyRow::startedAt))));
        Set<Way> ways = last.values().stream().map(LatencyRow::way).collect(Collectors.toSet());
        return rows.stream().filter(row -> ways.contains(row.way())).toList();
    }

    public Way way() {
        return new Way(runtime, deviceKind(), environment.precision(), environment.threads());
    }

    /** {@code cpu} or {@code gpu}, whichever of its kind it was. */
    public String deviceKind() {
        return environment.deviceKind();
    }
}
