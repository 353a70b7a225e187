package dev.narrows.jobs.cluster;

import dev.narrows.engine.DeviceBudget;
import dev.narrows.engine.MemoryBudget;
import dev.narrows.engine.TrialBudget;
import dev.narrows.jobs.show.Numbers;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the processes that trials run in: the one place where the driver admits a study, and from which each of
 * these processes has the budget that it holds a trial to. Both use the same figures, so that no trial is admitted by
 * one and refused by the other.
 */
public sealed interface ExecutorMemory extends Serializable {
    /** Resident before the first tensor: native libraries, code, threads. Seen: 430 MiB. */
    long ENGINE_BYTES = 512L << 20;

    /** The reason to refuse the largest trial of a study; empty where there is none, or it cannot be known before. */
    Optional<String> refuses();

    /** Advice so that no executor is killed for its memory; empty where there is no such risk. */
    Optional<String> advice();

    /** The budget of each trial whose tensors lie in the memory of its process. */
    MemoryBudget budget();

    /** Bytes of the images of which a GPU keeps a copy. */
    long residentBytes();

    /**
     * The budget that each trial is held to; asked by the process that trains it, once engine and images are there.
     *
     * @param device {@code cpu}, or {@code gpu:<address>}
     * @param conf of Spark in that process
     */
    default TrialBudget budget(String device, SparkConf conf) {
        return TaskDevice.isGpu(device)
                ? DeviceBudget.here(device, TaskDevice.trialsPerGpu(conf), residentBytes())
                : budget();
    }

    /**
     * The memory that trials of a study need of a process.
     *
     * @param trialBytes of the largest
     * @param imageBytes of the decoded images, which all trials of a process share
     * @param residentBytes of those of them that stay on a GPU
     * @param gpu true where tensors lie on a device, and a batch at a time here
     */
    record Need(long trialBytes, long imageBytes, long residentBytes, boolean gpu) implements Serializable {}

    /**
     * The executors that a configuration asks for, or this process.
     *
     * @param threads of a trial
     * @param need asked only where it matters, as its estimate walks every network
     */
    static ExecutorMemory of(SparkConf conf, int threads, Supplier<Need> need) {
        String master = conf.get("spark.master", "local");
        return master.equals("yarn") || master.startsWith("k8s://")
                ? Counted.of(conf, threads, need.get())
                : new MeasuredMemory(TaskDevice.isGpu(conf) ? need.get().residentBytes() : 0);
    }

    /**
     * Bytes that each trial will have at most in this process: of its memory without the images, in equal shares.
     *
     * @param takenBytes expected before the first trial, beside the images
     * @return empty where trials run elsewhere or on a device, or where the memory of this process is unknown
     */
    static OptionalLong slotHere(SparkConf conf, Need need, long takenBytes) {
        long process = MemoryBudget.ofMachine().processBytes();
        if (!conf.get("spark.master", "local").startsWith("local") || need.gpu() || process == Long.MAX_VALUE) {
            return OptionalLong.empty();
        }
        int slots = MeasuredMemory.slots(conf, Runtime.getRuntime().availableProcessors());
        return OptionalLong.of(MemoryBudget.shared(process, takenBytes + need.imageBytes(), slots)
                .slotBytes());
    }

    /**
     * Bytes that each trial will have of a process elsewhere.
     *
     * @param processBytes that it may have; {@link Long#MAX_VALUE} where unknown
     * @param cores of it
     * @return empty where trials run on a device, or where the memory is unknown
     */
    static OptionalLong slotOf(long processBytes, int cores, int threads, Need need) {
        return need.gpu() || processBytes == Long.MAX_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(MemoryBudget.shared(
                                processBytes, ENGINE_BYTES + need.imageBytes(), Math.max(1, cores / threads))
                        .slotBytes());
    }

    /**
     * The memory of an executor that is killed where it uses more: YARN and Kubernetes count the heap and what is
     * beside it ({@code spark.executor.memoryOverhead}), in which tensors and images lie.
     *
     * @param heapBytes of the JVM
     * @param overheadBytes beside it
     * @param slots trials at once
     * @param need of the study
     */
    record Counted(long heapBytes, long overheadBytes, int slots, Need need) implements ExecutorMemory {
        private static final long MIB = 1 << 20;

        /** Resident with CUDA's libraries before the first tensor. Seen: 1.3 GiB. */
        private static final long CUDA_BYTES = 1536 * MIB;

        /** The share of plans and rows in the heap of an executor, whatever it may take. */
        private static final long LEAST_HEAP_BYTES = 256 * MIB;

        private static Counted of(SparkConf conf, int threads, Need need) {
            long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
            long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m") * MIB;
            double share = conf.getDouble("spark.executor.memoryOverheadFactor", 0.1);
            long overhead = conf.contains("spark.executor.memoryOverhead")
                    ? conf.getSizeAsMb("spark.executor.memoryOverhead") * MIB
                    : Math.max(least, (long) (share * heap));
            int cores = conf.getInt("spark.executor.cores", 1);
            int slots = cores / conf.getInt("spark.task.cpus", threads);
            if (TaskDevice.asksForGpu(conf)) {
                int gpus = (int) conf.getDouble("spark.executor.resource.gpu.amount", 1);
                slots = Math.min(slots, TaskDevice.trialsOn(gpus, conf));
            }
            return new Counted(heap, overhead, Math.max(1, slots), need);
        }

        @Override
        public Optional<String> refuses() {
            boolean admitted = need.gpu()
                    ? besideTheHeap(1) + LEAST_HEAP_BYTES <= heapBytes + overheadBytes
                    : budget().admits(need.trialBytes());
            return admitted
                    ? Optional.empty()
                    : Optional.of(("one trial of this study needs about %s beside the heap, and an executor has"
                                    + " %s of heap and %s beside it for %d trials at once: set"
                                    + " spark.executor.memoryOverhead=%dm or more")
                            .formatted(
                                    Numbers.bytes(besideTheHeap(1)),
                                    Numbers.bytes(heapBytes),
                                    Numbers.bytes(overheadBytes),
                                    slots,
                                    mebibytes(besideTheHeap(slots))));
        }

        @Override
        public Optional<String> advice() {
            long all = besideTheHeap(slots);
            return all <= overheadBytes
                    ? Optional.empty()
                    : Optional.of(("An executor has %s beside its heap, and %d of the largest trials at once need"
                                    + " about %s: set spark.executor.memoryOverhead=%dm, or executors may be killed")
                            .formatted(Numbers.bytes(overheadBytes), slots, Numbers.bytes(all), mebibytes(all)));
        }

        /** A prediction, and so the same on the driver and on every executor. */
        @Override
        public MemoryBudget budget() {
            return MemoryBudget.shared(
                    heapBytes + overheadBytes, LEAST_HEAP_BYTES + ENGINE_BYTES + need.imageBytes(), slots);
        }

        @Override
        public long residentBytes() {
            return need.residentBytes();
        }

        private long besideTheHeap(int trials) {
            return (need.gpu() ? CUDA_BYTES : ENGINE_BYTES + trials * need.trialBytes()) + need.imageBytes();
        }

        /** MiB with a tenth to spare, in whole hundreds. */
        private static long mebibytes(long bytes) {
            return (long) Math.ceil(1.1 * bytes / MIB / 100) * 100;
        }
    }

    /**
     * Processes whose memory is not limited from outside: this one, and the executors of a standalone cluster. Each
     * measures the free memory of its host when the first trial asks, before any has taken memory.
     *
     * @param residentBytes of the images that stay on a GPU, where trials run on GPUs; else 0
     */
    record MeasuredMemory(long residentBytes) implements ExecutorMemory {
        private static @Nullable MemoryBudget known;

        @Override
        public Optional<String> refuses() {
            return Optional.empty();
        }

        @Override
        public Optional<String> advice() {
            return Optional.empty();
        }

        @Override
        public MemoryBudget budget() {
            return here();
        }

        private static synchronized MemoryBudget here() {
            MemoryBudget budget = known;
            if (budget == null) {
                budget = MemoryBudget.ofMachine(
                        slots(SparkEnv.get().conf(), Runtime.getRuntime().availableProcessors()));
                known = budget;
            }
            return budget;
        }

        /**
         * Trials at once in one process.
         *
         * @param processors of this machine, which an executor has all of where nobody says
         */
        static int slots(SparkConf conf, int processors) {
            String master = conf.get("spark.master", "");
            if (master.startsWith("local")) {
                String threads = master.replaceFirst("^local\\[?", "").replaceFirst("[],].*$", "");
                return threads.isEmpty() ? 1 : threads.equals("*") ? processors : Integer.parseInt(threads);
            }
            int cores = conf.getInt("spark.executor.cores", processors);
            return Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
        }
    }
}
