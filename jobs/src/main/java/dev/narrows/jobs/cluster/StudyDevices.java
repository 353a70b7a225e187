package dev.narrows.jobs.cluster;

import dev.narrows.engine.StudyDevice;
import dev.narrows.gpu.CudaDriver;
import dev.narrows.gpu.GpuModel;
import dev.narrows.jobs.workstation.GpuNatives;
import dev.narrows.jobs.workstation.WorkstationGpus;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The kind of device that a study's trials run on, as a driver learns it: from settings, and then from executors. */
public final class StudyDevices {
    private static final int ROUNDS = 3;

    /** A task keeps its slot for so long, so that another executor has to take the next. */
    private static final long HOLD_MILLIS = 500;

    private StudyDevices() {}

    /** The device that settings of Spark ask for: GPUs of executors, which nobody has seen yet, or this processor. */
    public static StudyDevice asked(SparkConf conf) {
        return TaskDevice.isGpu(conf) && !conf.get("spark.master", "").startsWith("local")
                ? StudyDevice.ofUnseenGpus()
                : StudyDevice.here();
    }

    /** The device of a study: the GPUs that were chosen, else what settings of Spark ask for. */
    public static StudyDevice of(Optional<WorkstationGpus> gpus, SparkConf conf) {
        return gpus.map(StudyDevices::of).orElseGet(() -> asked(conf));
    }

    /** The GPUs of this machine that were chosen, as far as the driver of NVIDIA knows them. */
    public static StudyDevice of(WorkstationGpus gpus) {
        if (GpuNatives.arePretended()) {
            return StudyDevice.here();
        }
        List<GpuModel> models = gpus.addresses().stream()
                .filter(address -> address.matches("\\d{1,4}"))
                .flatMap(address -> CudaDriver.model(Integer.parseInt(address)).stream())
                .toList();
        return models.isEmpty() ? StudyDevice.ofUnseenGpus() : StudyDevice.of(models);
    }

    /**
     * The device of the executors that are there now. Where tasks have GPUs that no driver of NVIDIA knows, as declared
     * ones of tests, it is the processor.
     */
    public static StudyDevice ofExecutors(JavaSparkContext spark) {
        List<GpuModel> models = models(spark);
        return models.isEmpty() ? StudyDevice.here() : StudyDevice.of(models);
    }

    private static List<GpuModel> models(JavaSparkContext spark) {
        int executors = Math.max(1, Executors.cores(spark).size());
        int tasks = ROUNDS * Math.max(executors, spark.defaultParallelism());
        return spark
                .parallelize(Collections.nCopies(tasks, 0), tasks)
                .mapPartitions((FlatMapFunction<java.util.Iterator<Integer>, GpuModel>) slot -> here().iterator())
                .collect()
                .stream()
                .distinct()
                .toList();
    }

    /** The kind of GPU of the calling task; none where it has none, or the driver does not know it. */
    private static List<GpuModel> here() throws InterruptedException {
        Thread.sleep(HOLD_MILLIS);
        OptionalInt number = TaskDevice.gpuNumber();
        return number.isEmpty()
                ? List.of()
                : CudaDriver.model(number.getAsInt()).stream().toList();
    }
}
