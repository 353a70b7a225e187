package dev.narrows.engine;

import dev.narrows.gpu.CudaRuntime;
import dev.narrows.gpu.GpuMemory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory of a GPU that a trial may take: the trials that run there at once have equal shares of what is free
 * before the first of them. The host's memory does not bound them.
 *
 * <p>A trial's need is the estimate of its step ({@link dev.narrows.cost.Memory}) and {@value #WORKSPACE_BYTES} bytes
 * of scratch space: 32 MiB that cuBLAS takes for each stream ({@code CUBLAS_WORKSPACE_CONFIG=:4096:8}), and the rest
 * for the convolution that runs at a time, whose algorithm cuDNN chooses. An executor's context takes about {@value
 * #CONTEXT_BYTES} bytes of the GPU, whether it trains one trial or eight. None of these three was measured by this
 * project.
 *
 * <p>A step is never refused: the GPU's allocator gives back what it keeps before it fails, and then the failure is an
 * exception that ends this trial alone.
 *
 * @param slotBytes for one trial; {@link Long#MAX_VALUE} where the GPU's memory is not known
 */
public record DeviceBudget(long slotBytes) implements TrialBudget {
    /** For cuBLAS and cuDNN, per trial. */
    static final long WORKSPACE_BYTES = 256L << 20;

    /** Of a process on a GPU, before the first tensor. */
    static final long CONTEXT_BYTES = 400L * 1000 * 1000;

    /** Most trials at once on one GPU that memory and cores decide: more were not measured. */
    static final int MOST_TRIALS = 8;

    private static final int MARGIN_PERCENT = 5;
    private static final double MIB = 1 << 20;

    private static final Map<String, DeviceBudget> HERE = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException where it is not positive */
    public DeviceBudget {
        if (slotBytes < 1) {
            throw new IllegalArgumentException(
                    "Cannot train within %d bytes of a GPU: it must be positive".formatted(slotBytes));
        }
    }

    /**
     * The budget of a GPU of this process. Its memory is read when the first trial asks, before any has taken memory;
     * later trials have the same.
     *
     * @param device {@code gpu:<address>}
     * @param slots trials at once on it
     * @param imageBytes that all of them share there
     */
    public static DeviceBudget here(String device, int slots, long imageBytes) {
        return HERE.computeIfAbsent(
                device,
                name -> memory(name)
                        .map(memory -> shared(memory, slots, imageBytes))
                        .orElse(new DeviceBudget(Long.MAX_VALUE)));
    }

    private static Optional<GpuMemory> memory(String device) {
        return Engine.gpuNumber(device).stream().boxed().findFirst().flatMap(CudaRuntime::memory);
    }

    /**
     * Equal shares of what is free, above the images that all trials share.
     *
     * @param slots trials at once
     */
    static DeviceBudget shared(GpuMemory memory, int slots, long imageBytes) {
        return new DeviceBudget(Math.max(1, (bounded(memory.freeBytes()) - imageBytes) / slots));
    }

    /**
     * The budget to expect on a GPU that nothing else uses.
     *
     * @param memoryBytes of the GPU, all of it
     * @param slots trials at once
     * @param imageBytes that all of them share there
     */
    public static DeviceBudget expected(long memoryBytes, int slots, long imageBytes) {
        return new DeviceBudget(Math.max(1, (bounded(memoryBytes - CONTEXT_BYTES) - imageBytes) / slots));
    }

    /**
     * Trials at once on one GPU for which there is memory and a core each: at least 1, at most {@value #MOST_TRIALS}.
     *
     * @param trialBytes of a training step of the largest trial, by the estimate of its network
     * @param memoryBytes of the GPU, all of it
     * @param imageBytes that all trials share there
     * @param cores of the host for this GPU
     */
    public static int trialsAtOnce(long trialBytes, long memoryBytes, long imageBytes, int cores) {
        long room = (bounded(memoryBytes - CONTEXT_BYTES) - imageBytes) / needed(trialBytes);
        return (int) Math.max(1, Math.min(room, Math.min(cores, MOST_TRIALS)));
    }

    /** True where a GPU has so little memory left that a convolution may find no room for its scratch space. */
    static boolean isFull(String device) {
        return memory(device).filter(DeviceBudget::isFull).isPresent();
    }

    /** True of a GPU with this memory. */
    static boolean isFull(GpuMemory memory) {
        return memory.freeBytes() < Math.max(WORKSPACE_BYTES, memory.totalBytes() / 100 * MARGIN_PERCENT);
    }

    private static long bounded(long bytes) {
        return bytes / 100 * (100 - MARGIN_PERCENT);
    }

    private static long needed(long stepBytes) {
        return stepBytes > Long.MAX_VALUE - WORKSPACE_BYTES ? Long.MAX_VALUE : stepBytes + WORKSPACE_BYTES;
    }

    /** True where a trial whose step has this estimate fits a slot. */
    public boolean admits(long stepBytes) {
        return needed(stepBytes) <= slotBytes;
    }

    /**
     * Bytes of a training step that is recorded. A recording keeps memory of its own, as much as a step takes; what
     * the steps before it took stays with the allocator, for the last batch of an epoch and for evaluation.
     *
     * @param stepBytes of the step itself
     */
    public static long recordedBytes(long stepBytes) {
        return stepBytes > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * stepBytes;
    }

    @Override
    public boolean holdsRecording(long needed) {
        return admits(recordedBytes(needed));
    }

    @Override
    public Optional<String> refusesSlot(long needed, int batchSize) {
        return admits(needed)
                ? Optional.empty()
                : Optional.of(("Cannot train in batches of %d images: a step needs about %.0f MiB of the GPU, and"
                                + " a slot has %.0f MiB of it (a smaller batch needs less, and fewer trials at once"
                                + " on a GPU have more each)")
                        .formatted(batchSize, needed(needed) / MIB, slotBytes / MIB));
    }

    @Override
    public Optional<String> refusesStep(long needed) {
        return Optional.empty();
    }
}
