package dev.narrows.jobs.cluster;

import dev.narrows.jobs.workstation.GpuNatives;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.TaskResourceRequests;

/** The device that Spark gives a task: a GPU where tasks ask for one, else the processor. */
public final class TaskDevice {
    private static final String PROCESSOR = "cpu";
    static final String GPU = "gpu";
    static final String GPUS_OF_A_TASK = "spark.task.resource.gpu.amount";

    private TaskDevice() {}

    /** The device of the calling task: {@code cpu}, or {@code gpu:<address>}. */
    public static String here() {
        List<String> gpus = gpusHere();
        return gpus.isEmpty() || GpuNatives.arePretended() ? PROCESSOR : GPU + ":" + gpus.get(0);
    }

    /** The number of the calling task's GPU; empty on a processor, and for an address that is no number. */
    static OptionalInt gpuNumber() {
        return gpusHere().stream()
                .filter(address -> address.matches("\\d{1,4}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** The addresses of the GPUs that Spark gave the calling task; none on a processor, and none outside of a task. */
    static List<String> gpusHere() {
        TaskContext task = TaskContext.get();
        ResourceInformation gpus = task == null ? null : task.resourcesJMap().get(GPU);
        return gpus == null ? List.of() : List.of(gpus.addresses());
    }

    /** True of the device of a GPU. */
    public static boolean isGpu(String device) {
        return device.startsWith(GPU + ":");
    }

    /** True where each task asks for a GPU, or for a share of one. */
    static boolean asksForGpu(SparkConf conf) {
        return conf.contains(GPUS_OF_A_TASK);
    }

    /** True where tasks compute on GPUs: they ask for some, and no test lets them compute on the processor instead. */
    public static boolean isGpu(SparkConf conf) {
        return asksForGpu(conf) && !GpuNatives.arePretended();
    }

    /** The device of a task that left no word: {@code cpu}, or empty where it had a GPU that nobody can name. */
    public static String unseen(SparkConf conf) {
        return isGpu(conf) ? "" : PROCESSOR;
    }

    /** The cores of a task, and as much of a GPU as any task of these settings asks for. */
    public static TaskResourceRequests requests(int cores, SparkConf conf) {
        TaskResourceRequests requests = new TaskResourceRequests().cpus(cores);
        return asksForGpu(conf) ? requests.resource(GPU, share(conf)) : requests;
    }

    /** Trials at once on one GPU, by the share of each. */
    public static int trialsPerGpu(SparkConf conf) {
        return Math.max(1, (int) (1 / share(conf)));
    }

    /** Trials at once on so many GPUs. A share is of one GPU, and not of two together. */
    static int trialsOn(int gpus, SparkConf conf) {
        double each = share(conf);
        return each > 1 ? (int) (gpus / each) : gpus * trialsPerGpu(conf);
    }

    /** The GPUs of a task, from a share of one. */
    static double share(SparkConf conf) {
        return conf.getDouble(GPUS_OF_A_TASK, 1);
    }
}
