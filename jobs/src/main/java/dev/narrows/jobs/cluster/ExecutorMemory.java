package dev.narrows.jobs.cluster;

import dev.narrows.jobs.show.Numbers;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * What one executor may use, where somebody kills it for more: YARN and Kubernetes count the heap and what is beside it
 * ({@code spark.executor.memoryOverhead}), in which tensors and images lie.
 *
 * @param heapBytes of the JVM
 * @param overheadBytes beside it
 * @param slots trials at once
 */
public record ExecutorMemory(long heapBytes, long overheadBytes, int slots) {
    private static final long MIB = 1 << 20;

    /** Resident before the first tensor: native libraries, code, threads. Seen: 430 MiB, and 1.3 GiB with CUDA's. */
    private static final long ENGINE_BYTES = 512 * MIB;

    private static final long CUDA_BYTES = 1536 * MIB;

    /** What plans and rows take of the heap of an executor, whatever it may take. */
    private static final long LEAST_HEAP_BYTES = 256 * MIB;

    /**
     * What trials of a study need of it.
     *
     * @param trialBytes of the largest
     * @param imageBytes of the decoded images, which all trials of a process share
     */
    public record Need(long trialBytes, long imageBytes, boolean gpu) {
        private long bytes(int trials) {
            // On a GPU the tensors lie on the device, and a batch at a time here.
            return (gpu ? CUDA_BYTES : ENGINE_BYTES + trials * trialBytes) + imageBytes;
        }
    }

    /** Empty where nobody counts: inside this process, and on a standalone cluster, whose workers trust executors. */
    public static Optional<ExecutorMemory> of(SparkConf conf, int threads) {
        String master = conf.get("spark.master", "local");
        if (!master.equals("yarn") && !master.startsWith("k8s://")) {
            return Optional.empty();
        }
        long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
        long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m") * MIB;
        double share = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
        long overhead = conf.contains("spark.executor.memoryOverhead")
                ? conf.getSizeAsMb("spark.executor.memoryOverhead") * MIB
                : Math.max(least, (long) (share * heap));
        int cores = conf.getInt("spark.executor.cores", 1);
        double slots = (double) cores / conf.getInt("spark.task.cpus", threads);
        if (conf.contains("spark.task.resource.gpu.amount")) {
            double gpus = conf.getDouble("spark.executor.resource.gpu.amount", 1);
            slots = Math.min(slots, gpus / conf.getDouble("spark.task.resource.gpu.amount", 1));
        }
        return Optional.of(new ExecutorMemory(heap, overhead, Math.max(1, (int) slots)));
    }

    /** Why not even one trial fits; empty where one does. */
    public Optional<String> refuses(Need need) {
        long one = need.bytes(1);
        return one + LEAST_HEAP_BYTES <= heapBytes + overheadBytes
                ? Optional.empty()
                : Optional.of(
                        "one trial of this study needs about %s beside the heap, and an executor has %s of heap and %s beside it: set spark.executor.memoryOverhead=%dm or more"
                                .formatted(
                                        Numbers.bytes(one),
                                        Numbers.bytes(heapBytes),
                                        Numbers.bytes(overheadBytes),
                                        mebibytes(need.bytes(slots))));
    }

    /** What to change so that all trials of an executor fit at once; empty where they do. */
    public Optional<String> advice(Need need) {
        long all = need.bytes(slots);
        return all <= overheadBytes
                ? Optional.empty()
                : Optional.of(
                        "An executor has %s beside its heap, and %d of the largest trials at once need about %s: set spark.executor.memoryOverhead=%dm, or executors may be killed"
                                .formatted(Numbers.bytes(overheadBytes), slots, Numbers.bytes(all), mebibytes(all)));
    }

    /** With a tenth to spare, in whole hundreds. */
    private static long mebibytes(long bytes) {
        return (long) Math.ceil(1.1 * bytes / MIB / 100) * 100;
    }
}
