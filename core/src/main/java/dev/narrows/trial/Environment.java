package dev.narrows.trial;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The host, the device and the software that a trial or a probe ran on.
 *
 * @param host empty where it is not known, as are processor and device
 * @param device {@code cpu}, or {@code gpu:<address>} as Spark gave it
 * @param precision the resolved one, as tables write it: {@code fp32}, {@code bf16}
 * @param threads intra-op threads of the engine
 * @param versions of the software that computed it, as {@code narrows=…;djl=…;pytorch=…;java=…}
 * @param gpu null on a processor, and where nothing is known of the GPU
 */
public record Environment(
        String host,
        String processor,
        String device,
        String precision,
        int threads,
        String versions,
        @Nullable GpuEnvironment gpu)
        implements Serializable {
    /** A processor, or a GPU of which nothing is known. */
    public Environment(String host, String processor, String device, String precision, int threads, String versions) {
        this(host, processor, device, precision, threads, versions, null);
    }

    /** True where it ran on a GPU. */
    public boolean isGpu() {
        return device.startsWith("gpu");
    }

    /** {@code cpu} or {@code gpu}, whichever of its kind it was. */
    public String deviceKind() {
        return isGpu() ? "gpu" : device;
    }
}
