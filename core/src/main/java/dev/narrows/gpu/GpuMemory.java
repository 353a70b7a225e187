package dev.narrows.gpu;

import java.io.Serializable;

/** Memory of one GPU at one moment, in bytes. */
public record GpuMemory(long freeBytes, long totalBytes) implements Serializable {
    /** @throws IllegalArgumentException where more is free than there is */
    public GpuMemory {
        if (freeBytes < 0 || totalBytes < freeBytes) {
            throw new IllegalArgumentException(
                    "Cannot have %d bytes free of %d on a GPU".formatted(freeBytes, totalBytes));
        }
    }
}
