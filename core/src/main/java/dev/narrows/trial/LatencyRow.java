package dev.narrows.trial;

import java.io.Serializable;

/**
 * The latency of one folded network at one batch size.
 *
 * @param samples calls measured, after the warm-up
 * @param unstable whether the interquartile range exceeds a tenth of the median
 * @param referenceMicros median of a fixed kernel measured beside it, by which hosts and moments compare
 */
public record LatencyRow(
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
        long startedAt)
        implements Serializable {}
