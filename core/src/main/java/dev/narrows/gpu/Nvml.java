package dev.narrows.gpu;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** NVIDIA's management library, which the driver brings: the driver itself, clocks, and who else uses a GPU. */
public final class Nvml {
    private static final String LIBRARY = "libnvidia-ml.so.1";
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    // nvml.h
    private static final int CLOCK_SM = 1;
    private static final int INSUFFICIENT_SIZE = 7;

    private static final int TEXT_BYTES = 96;

    /** Started once a process, and used until its end. */
    private static final class Started {
        private static final Optional<NativeCalls> NVML =
                NativeCalls.of(LIBRARY).filter(nvml -> nvml.succeeds("nvmlInit_v2"));
    }

    private Nvml() {}

    /** Version of the driver; empty where there is none. */
    static Optional<String> driver() {
        byte[] version = new byte[TEXT_BYTES];
        return Started.NVML
                .filter(nvml -> nvml.succeeds("nvmlSystemGetDriverVersion", version, version.length))
                .map(nvml -> CudaDriver.text(version))
                .or(Nvml::driverOfKernel);
    }

    private static Optional<String> driverOfKernel() {
        try {
            List<String> lines = Files.isReadable(DRIVER) ? Files.readAllLines(DRIVER) : List.of();
            return lines.stream().findFirst().flatMap(CudaVersions::driver);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The state of a GPU now; takes about a millisecond. */
    public static GpuState state(int number) {
        return CudaDriver.busId(number).map(Nvml::state).orElse(GpuState.UNKNOWN);
    }

    private static GpuState state(String busId) {
        Optional<NativeCalls> nvml = Started.NVML;
        Optional<Pointer> device = device(busId);
        return nvml.isEmpty() || device.isEmpty()
                ? GpuState.UNKNOWN
                : new GpuState(
                        clock(nvml.get(), device.get()),
                        throttleReasons(nvml.get(), device.get()),
                        processes(nvml.get(), device.get()));
    }

    private static Optional<Pointer> device(String busId) {
        PointerByReference device = new PointerByReference();
        return Started.NVML
                .filter(nvml -> nvml.succeeds("nvmlDeviceGetHandleByPciBusId_v2", busId, device))
                .map(nvml -> device.getValue());
    }

    private static @Nullable Integer clock(NativeCalls nvml, Pointer device) {
        int[] megahertz = new int[1];
        return nvml.succeeds("nvmlDeviceGetClockInfo", device, CLOCK_SM, megahertz) ? megahertz[0] : null;
    }

    /** Later drivers call throttle reasons event reasons. */
    private static @Nullable Long throttleReasons(NativeCalls nvml, Pointer device) {
        long[] reasons = new long[1];
        return nvml.succeeds("nvmlDeviceGetCurrentClocksEventReasons", device, reasons)
                        || nvml.succeeds("nvmlDeviceGetCurrentClocksThrottleReasons", device, reasons)
                ? reasons[0]
                : null;
    }

    /**
     * The number alone is asked for, by room for none. A count of none beside this process's own context means that the
     * driver does not tell, as in some containers.
     */
    private static @Nullable Integer processes(NativeCalls nvml, Pointer device) {
        int[] count = new int[1];
        OptionalInt code = nvml.code("nvmlDeviceGetComputeRunningProcesses_v3", device, count, Pointer.NULL);
        if (code.isEmpty()) {
            code = nvml.code("nvmlDeviceGetComputeRunningProcesses_v2", device, count, Pointer.NULL);
        }
        return code.isPresent() && code.getAsInt() == INSUFFICIENT_SIZE && count[0] > 0 ? count[0] : null;
    }

    /** Memory of a GPU, with all contexts on it counted as used. */
    static Optional<GpuMemory> memory(String busId) {
        // nvmlMemory_t: total, free and used.
        long[] bytes = new long[3];
        return device(busId)
                .filter(device -> Started.NVML.isPresent()
                        && Started.NVML.get().succeeds("nvmlDeviceGetMemoryInfo", device, bytes)
                        && bytes[1] <= bytes[0])
                .map(device -> new GpuMemory(bytes[1], bytes[0]));
    }
}
