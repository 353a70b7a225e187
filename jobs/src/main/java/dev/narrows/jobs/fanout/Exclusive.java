package dev.narrows.jobs.fanout;

import dev.narrows.jobs.cluster.Executors;
import dev.narrows.jobs.cluster.TaskDevice;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;

/**
 * Tasks that have an executor to themselves: each asks for all of its cores. So suspects run side by side and yet
 * alone, one per executor.
 */
final class Exclusive {
    private final JavaSparkContext spark;
    private Optional<ResourceProfile> profile = Optional.empty();
    private int cores;

    Exclusive(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** Counts the tasks that may run at once, each alone in its process. */
    int places() {
        if (!isPossible()) {
            return 1;
        }
        List<Integer> sizes = Executors.cores(spark);
        int largest = sizes.stream().max(Integer::compare).orElse(cores);
        return Math.max(1, (int) sizes.stream().filter(size -> size == largest).count());
    }

    /** False where one task at a time is all there may be. */
    private boolean isPossible() {
        return !spark.isLocal() && !spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    }

    <T> RDD<T> of(RDD<T> rdd) {
        int largest = Executors.cores(spark).stream().max(Integer::compare).orElse(cores);
        if (!isPossible() || largest == 0) {
            return rdd;
        }
        if (largest != cores || profile.isEmpty()) {
            cores = largest;
            profile = Optional.of(new ResourceProfileBuilder()
                    .require(TaskDevice.requests(cores, spark.getConf()))
                    .build());
        }
        return rdd.withResources(profile.get());
    }
}
