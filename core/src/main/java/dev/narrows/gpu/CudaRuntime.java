package dev.narrows.gpu;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The CUDA runtime and cuDNN that the engine of this process has loaded; nothing is known before it has.
 *
 * <p>Their functions are looked up from libtorch's own libraries, which depend on them: a process may hold another copy
 * of the runtime that something else has loaded, and it would tell another version.
 */
public final class CudaRuntime {
    private static final String USES_RUNTIME = "libc10_cuda";
    private static final String USES_CUDNN = "libtorch_cuda";

    private CudaRuntime() {}

    /** Version of the CUDA runtime, such as 12.6. */
    static Optional<String> cuda() {
        int[] version = new int[1];
        return LoadedLibraries.find(USES_RUNTIME)
                .filter(runtime -> runtime.succeeds("cudaRuntimeGetVersion", version))
                .map(runtime -> CudaVersions.cuda(version[0]));
    }

    /** Version of cuDNN, such as 9.5.1. */
    static Optional<String> cudnn() {
        return LoadedLibraries.find(USES_CUDNN)
                .flatMap(cudnn ->
                        cudnn.number("cudnnGetVersion").stream().boxed().findFirst())
                .map(CudaVersions::cudnn);
    }

    /**
     * Memory of a GPU beside what this process's context takes there, which this call makes where there is none yet.
     * Where the runtime does not tell, it is what NVML sees; empty where neither does.
     */
    public static Optional<GpuMemory> memory(int number) {
        Optional<NativeCalls> runtime = LoadedLibraries.find(USES_RUNTIME);
        return runtime.flatMap(calls -> memory(calls, number))
                .or(() -> CudaDriver.busId(number).flatMap(Nvml::memory));
    }

    /**
     * Asked on a thread of its own: the GPU that a thread uses is a setting of that thread, and to set it back would
     * make a context on the GPU that it had before.
     */
    private static Optional<GpuMemory> memory(NativeCalls runtime, int number) {
        AtomicReference<@Nullable GpuMemory> memory = new AtomicReference<>();
        Thread asking = new Thread(
                () -> {
                    long[] free = new long[1];
                    long[] total = new long[1];
                    if (runtime.succeeds("cudaSetDevice", number)
                            && runtime.succeeds("cudaMemGetInfo", free, total)
                            && free[0] <= total[0]) {
                        memory.set(new GpuMemory(free[0], total[0]));
                    }
                },
                "narrows-gpu-memory");
        asking.setDaemon(true);
        asking.start();
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(memory.get());
    }
}
