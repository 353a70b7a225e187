package dev.narrows.gpu;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * GPUs as CUDA numbers them in this process, read from the driver's own library. No call here makes a context, which
 * would take some hundred megabytes of the GPU.
 */
public final class CudaDriver {
    private static final String LIBRARY = "libcuda.so.1";

    // cuda.h
    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;

    private static final int TEXT_BYTES = 256;

    /** Started once a process, as CUDA reads its environment then. */
    private static final class Started {
        private static final Optional<NativeCalls> DRIVER = start();

        private static Optional<NativeCalls> start() {
            CudaSettings.settle();
            return NativeCalls.of(LIBRARY).filter(driver -> driver.succeeds("cuInit", 0));
        }
    }

    private CudaDriver() {}

    /** Number of GPUs that this process may use; 0 without a driver. */
    public static int count() {
        int[] count = new int[1];
        return Started.DRIVER.isPresent() && Started.DRIVER.get().succeeds("cuDeviceGetCount", count) ? count[0] : 0;
    }

    /** The kinds of the GPUs that this process may use, by their numbers; empty without a driver. */
    public static List<GpuModel> models() {
        List<GpuModel> models = new ArrayList<>();
        for (int number = 0; number < count(); number++) {
            model(number).ifPresent(models::add);
        }
        return models;
    }

    /** The kind of a GPU; empty where there is no such GPU, or the driver does not tell. */
    public static Optional<GpuModel> model(int number) {
        return Started.DRIVER.flatMap(driver -> model(driver, number));
    }

    private static Optional<GpuModel> model(NativeCalls driver, int number) {
        int[] device = new int[1];
        int[] major = new int[1];
        int[] minor = new int[1];
        long[] bytes = new long[1];
        byte[] name = new byte[TEXT_BYTES];
        boolean known = driver.succeeds("cuDeviceGet", device, number)
                && driver.succeeds("cuDeviceGetName", name, name.length, device[0])
                && driver.succeeds("cuDeviceGetAttribute", major, COMPUTE_CAPABILITY_MAJOR, device[0])
                && driver.succeeds("cuDeviceGetAttribute", minor, COMPUTE_CAPABILITY_MINOR, device[0])
                && driver.succeeds("cuDeviceTotalMem_v2", bytes, device[0]);
        return known
                ? Optional.of(new GpuModel(text(name), new ComputeCapability(major[0], minor[0]), bytes[0]))
                : Optional.empty();
    }

    /** The address of a GPU on its bus, by which NVML knows it too; empty where there is no such GPU. */
    static Optional<String> busId(int number) {
        int[] device = new int[1];
        byte[] id = new byte[TEXT_BYTES];
        return Started.DRIVER
                .filter(driver -> driver.succeeds("cuDeviceGet", device, number)
                        && driver.succeeds("cuDeviceGetPCIBusId", id, id.length, device[0]))
                .map(driver -> text(id));
    }

    /** The newest CUDA that the driver runs, such as 12.8. */
    static Optional<String> cuda() {
        int[] version = new int[1];
        return Started.DRIVER
                .filter(driver -> driver.succeeds("cuDriverGetVersion", version))
                .map(driver -> CudaVersions.cuda(version[0]));
    }

    /** A C string in a buffer. */
    static String text(byte[] buffer) {
        int length = 0;
        while (length < buffer.length && buffer[length] != 0) {
            length++;
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8).strip();
    }
}
