package dev.narrows.study;

import java.io.Serializable;
import java.util.List;

/**
 * What latency is measured of.
 *
 * @param of which variants are probed
 * @param runtimes what they are deployed in, each a row
 * @param batchSizes images a call, each a row
 * @param minimumSeconds at least so long a probe
 * @param maximumSeconds at most so long a probe
 * @param minimumSamples at least so many calls a probe, as far as the longest time allows
 */
public record LatencySpec(
        Which of,
        List<LatencyRuntime> runtimes,
        List<Integer> batchSizes,
        double minimumSeconds,
        double maximumSeconds,
        int minimumSamples)
        implements Serializable {
    public LatencySpec {
        runtimes = List.copyOf(runtimes);
        batchSizes = List.copyOf(batchSizes);
    }

    /** In the engine that trains. */
    public LatencySpec(
            Which of, List<Integer> batchSizes, double minimumSeconds, double maximumSeconds, int minimumSamples) {
        this(of, List.of(LatencyRuntime.TORCH), batchSizes, minimumSeconds, maximumSeconds, minimumSamples);
    }

    /** Which variants are probed. */
    public enum Which {
        ALL,
        FRONT,
        NONE
    }
}
