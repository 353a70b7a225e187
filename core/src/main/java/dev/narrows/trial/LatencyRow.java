package dev.narrows.trial;

import dev.narrows.study.LatencyRuntime;
import java.io.Serializable;

/**
 * The latency of one folded network at one batch size.
 *
 * @param runtime what it ran in
 * @param samples calls measured, after the warm-up
 * @param unstable whether the interquartile range exceeds a tenth of the median
 * @param imagesPerSecond images of a batch by the median of a call
 * @param referenceMicros median of a fixed kernel measured beside it, by which hosts and moments compare
 */
public record LatencyRow(
        String variantId,
        String variant,
        LatencyRuntime runtime,
        int batchSize,
        long samples,
        double p50Micros,
        double p90Micros,
        double p99Micros,
        double iqrMicros,
        boolean unstable,
        double imagesPerSecond,
        double referenceMicros,
        Place place,
        long startedAt)
        implements Serializable {
    /** Of the engine that trains. */
    public LatencyRow(
            String variantId,
            String variant,
            int batchSize,
            long samples,
            double p50Micros,
            double p90Micros,
            double p99Micros,
            double iqrMicros,
            boolean unstable,
            double referenceMicros,
            Place place,
            long startedAt) {
        this(
                variantId,
                variant,
                LatencyRuntime.TORCH,
                batchSize,
                samples,
                p50Micros,
                p90Micros,
                p99Micros,
                iqrMicros,
                unstable,
                batchSize / p50Micros * 1e6,
                referenceMicros,
                place,
                startedAt);
    }

    /** {@code cpu} or {@code gpu}, whichever of its kind it was. */
    public String deviceKind() {
        return place.device().startsWith("gpu") ? "gpu" : place.device();
    }
}
