package dev.narrows.gpu;

import java.io.Serializable;
import java.util.Comparator;

/** The version of a GPU's instructions, such as 9.0. */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability>, Serializable {
    /** The first whose tensor cores compute bf16: Ampere. */
    private static final ComputeCapability BF16 = new ComputeCapability(8, 0);

    /** @throws IllegalArgumentException where there is no such version */
    public ComputeCapability {
        if (major < 1 || minor < 0) {
            throw new IllegalArgumentException(
                    "Cannot have compute capability %d.%d: it begins with 1.0".formatted(major, minor));
        }
    }

    /** True where bf16 is native. */
    public boolean computesBf16() {
        return compareTo(BF16) >= 0;
    }

    @Override
    public int compareTo(ComputeCapability other) {
        return Comparator.comparingInt(ComputeCapability::major)
                .thenComparingInt(ComputeCapability::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
