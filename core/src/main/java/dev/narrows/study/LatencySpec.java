package dev.narrows.study;

import java.io.Serializable;
import java.util.List;

/**
 * The settings of the latency probe.
 *
 * @param of the variants that are probed
 * @param runtimes the runtimes that they are deployed in, one row each
 * @param batchSizes images per call, one row each
 * @param minimumSeconds shortest time of a probe
 * @param maximumSeconds longest time of a probe
 * @param minimumSamples fewest calls of a probe, as far as the longest time allows
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

    /** The variants that are probed. */
    public enum Which {
        ALL,
        FRONT,
        NONE
    }
}
