package dev.narrows.gpu;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this process can read of one GPU; what cannot be read is null.
 *
 * @param number as CUDA counts in this process
 * @param memory as NVML counts it, with all contexts as used
 * @param besideContext as CUDA counts it beside this process's context; null where the process computes elsewhere
 * @param driver its version
 * @param newestCuda that the driver runs
 * @param cuda version of the runtime that the engine has loaded
 * @param cudnn likewise
 */
public record GpuReading(
        int number,
        @Nullable GpuModel model,
        @Nullable GpuMemory memory,
        @Nullable GpuMemory besideContext,
        @Nullable String driver,
        @Nullable String newestCuda,
        @Nullable String cuda,
        @Nullable String cudnn,
        GpuState state)
        implements Serializable {
    private static final double GIB = 1 << 30;

    /** A GPU as it is now; makes no context there. */
    public static GpuReading of(int number) {
        return of(number, null);
    }

    /** A GPU that this process computes on: makes its context there, if it has none. */
    public static GpuReading ofOwn(int number) {
        return of(number, CudaRuntime.memory(number).orElse(null));
    }

    private static GpuReading of(int number, @Nullable GpuMemory besideContext) {
        return new GpuReading(
                number,
                CudaDriver.model(number).orElse(null),
                CudaDriver.busId(number).flatMap(Nvml::memory).orElse(null),
                besideContext,
                Nvml.driver().orElse(null),
                CudaDriver.cuda().orElse(null),
                CudaRuntime.cuda().orElse(null),
                CudaRuntime.cudnn().orElse(null),
                Nvml.state(number));
    }

    public Optional<GpuModel> known() {
        return Optional.ofNullable(model);
    }

    /** One line for a person, in which every reading stands, also those that failed. */
    @Override
    public String toString() {
        return "GPU %d: %s, %s%s, driver %s (up to CUDA %s), CUDA %s, cuDNN %s, clock %s, %s, processes on it: %s"
                .formatted(
                        number,
                        model == null ? "model unknown" : model,
                        memory == null
                                ? "memory unknown"
                                : "%.1f of %.1f GiB free"
                                        .formatted(memory.freeBytes() / GIB, memory.totalBytes() / GIB),
                        besideContext == null
                                ? ""
                                : ", %.1f GiB beside this process's context".formatted(besideContext.freeBytes() / GIB),
                        word(driver),
                        word(newestCuda),
                        word(cuda),
                        word(cudnn),
                        state.clockMhz() == null ? "unknown" : state.clockMhz() + " MHz",
                        throttling(),
                        state.processes() == null ? "unknown" : state.processes());
    }

    private String throttling() {
        if (state.throttleReasons() == null) {
            return "throttling unknown";
        }
        return state.throttled().isEmpty()
                ? "not throttled (reasons 0x%x)".formatted(state.throttleReasons())
                : "throttled by %s".formatted(String.join(", ", state.throttled()));
    }

    private static String word(@Nullable String version) {
        return version == null ? "unknown" : version;
    }
}
