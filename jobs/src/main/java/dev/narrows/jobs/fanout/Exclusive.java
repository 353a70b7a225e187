package dev.narrows.jobs.fanout;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tasks that have an executor to themselves: each asks for all of its cores. So suspects run side by side and yet alone,
 * one an executor.
 */
final class Exclusive {
    static final String GPUS_A_TASK = "spark.task.resource.gpu.amount";

    private final JavaSparkContext spark;
    private Optional<ResourceProfile> profile = Optional.empty();
    private int cores;

    Exclusive(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** How many tasks may run at once, each alone in its process. */
    int places() {
        if (!isPossible()) {
            return 1;
        }
        List<Integer> sizes = executorCores(spark);
        int largest = sizes.stream().max(Integer::compare).orElse(cores);
        return Math.max(1, (int) sizes.stream().filter(size -> size == largest).count());
    }

    /** Where it is not possible, one task at a time is all there may be. */
    private boolean isPossible() {
        return !spark.isLocal() && !spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    }

    <T> RDD<T> of(RDD<T> rdd) {
        int largest = executorCores(spark).stream().max(Integer::compare).orElse(cores);
        if (!isPossible() || largest == 0) {
            return rdd;
        }
        if (largest != cores || profile.isEmpty()) {
            cores = largest;
            profile = Optional.of(new ResourceProfileBuilder()
                    .require(requests(spark.getConf()))
                    .build());
        }
        return rdd.withResources(profile.get());
    }

    private TaskResourceRequests requests(SparkConf conf) {
        TaskResourceRequests requests = new TaskResourceRequests().cpus(cores);
        return conf.contains(GPUS_A_TASK) ? requests.resource("gpu", conf.getDouble(GPUS_A_TASK, 1)) : requests;
    }

    /** The cores of each executor that is there now; the driver's own process is none. */
    static List<Integer> executorCores(JavaSparkContext spark) {
        return CollectionConverters.asJava(spark.sc().statusStore().executorList(true)).stream()
                .filter(executor -> !executor.id().equals("driver"))
                .map(ExecutorSummary::totalCores)
                .toList();
    }
}
