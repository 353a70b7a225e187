package dev.narrows.gpu;

import java.io.Serializable;

/**
 * A kind of GPU.
 *
 * @param name as NVIDIA writes it: {@code NVIDIA H100 80GB HBM3}
 * @param memoryBytes of one such GPU, all of it
 */
public record GpuModel(String name, ComputeCapability capability, long memoryBytes) implements Serializable {
    /** @throws IllegalArgumentException where it has no name or no memory */
    public GpuModel {
        if (name.isBlank() || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "Cannot describe a GPU '%s' of %d bytes: both must be given".formatted(name, memoryBytes));
        }
    }

    /** The name and the compute capability, for a person. */
    @Override
    public String toString() {
        return "%s (compute capability %s)".formatted(name, capability);
    }
}
