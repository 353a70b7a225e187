package dev.narrows.jobs.cluster;

import dev.narrows.engine.MemoryBudget;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one trial on the process that it runs in: an equal share of what is left there for trials, by how many
 * Spark runs at once.
 */
public final class SlotMemory {
    /** YARN's name for what a process was given, which YARN itself ends where it takes more memory. */
    private static final String YARN_CONTAINER = "CONTAINER_ID";

    // Spark's own defaults of what a container has beyond the heap.
    private static final double OVERHEAD_SHARE = 0.1;
    private static final long LEAST_OVERHEAD_MIB = 384;

    private static @Nullable MemoryBudget budget;

    private SlotMemory() {}

    /** The share, worked out by the first trial that asks, before any other has taken memory. */
    public static synchronized MemoryBudget here() {
        MemoryBudget known = budget;
        if (known == null) {
            SparkConf conf = SparkEnv.get().conf();
            boolean yarn = System.getenv(YARN_CONTAINER) != null;
            known = MemoryBudget.ofMachine(
                    slots(conf, Runtime.getRuntime().availableProcessors()),
                    yarn ? OptionalLong.of(containerBytes(conf)) : OptionalLong.empty());
            budget = known;
        }
        return known;
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

    /** What YARN lets an executor of this study have, heap and all. */
    static long containerBytes(SparkConf conf) {
        long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
        long overhead = Math.max(LEAST_OVERHEAD_MIB, (long) (OVERHEAD_SHARE * heap));
        return (heap + conf.getSizeAsMb("spark.executor.memoryOverhead", overhead + "m")) << 20;
    }
}
