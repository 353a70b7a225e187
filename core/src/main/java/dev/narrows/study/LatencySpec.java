package dev.narrows.study;

import java.io.Serializable;
import java.util.List;

/**
 * What latency is measured of.
 *
 * @param of which variants are probed
 * @param batchSizes images a call, each a row
 * @param minimumSeconds at least so long a probe
 * @param maximumSeconds at most so long a probe
 * @param minimumSamples at least so many calls a probe, as far as the longest time allows
 */
public record LatencySpec(
        Which of, List<Integer> batchSizes, double minimumSeconds, double maximumSeconds, int minimumSamples)
        implements Serializable {
    public LatencySpec {
        batchSizes = List.copyOf(batchSizes);
    }

    /** Which variants are probed. */
    public enum Which {
        ALL,
        FRONT,
        NONE
    }
}
