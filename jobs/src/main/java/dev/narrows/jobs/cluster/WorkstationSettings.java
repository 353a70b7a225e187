package dev.narrows.jobs.cluster;

import dev.narrows.jobs.workstation.GpuNatives;
import dev.narrows.jobs.workstation.Workstation;
import dev.narrows.jobs.workstation.WorkstationGpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Spark's settings for executors on the GPUs of this machine: one executor a GPU, and a thread of it each trial. */
final class WorkstationSettings {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String MEMORY = "spark.executor.memory";
    private static final String CORES = "spark.executor.cores";
    private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";

    /** The heap holds plans and rows; images and tensors lie outside it. */
    private static final String HEAP = "1g";

    /** The master until it is started and has a port. */
    private static final String NO_PORT_YET = "spark://" + LOOPBACK;

    private WorkstationSettings() {}

    /** @param threads of a trial, which are the cores of a task: as many as trials need, however many there are */
    static void into(SparkConf conf, WorkstationGpus gpus, int threads) {
        conf.setMaster(NO_PORT_YET)
                .setIfMissing("spark.ui.enabled", "false")
                .set("spark.driver.host", LOOPBACK)
                .set("spark.driver.bindAddress", LOOPBACK)
                .set("spark.authenticate", "true")
                .set("spark.dynamicAllocation.enabled", "false")
                .set("spark.task.cpus", String.valueOf(threads))
                .set(CORES, String.valueOf(threads * gpus.trialsAtOnce()))
                .set("spark.cores.max", String.valueOf(threads * gpus.slots()))
                .set("spark.executor.resource.gpu.amount", "1")
                .set(TaskDevice.GPUS_OF_A_TASK, share(gpus))
                .setIfMissing(MEMORY, HEAP)
                .set(JAVA_OPTIONS, javaOptions(conf.get(JAVA_OPTIONS, "")));
        conf.remove("spark.executor.instances");
        for (Map.Entry<String, String> variable : gpus.natives().environment().entrySet()) {
            conf.setIfMissing("spark.executorEnv." + variable.getKey(), variable.getValue());
        }
    }

    private static String share(WorkstationGpus gpus) {
        return gpus.trialsAtOnce() == 1 ? "1" : String.valueOf(gpus.share());
    }

    /** Those of the user come last, so that they win. */
    private static String javaOptions(String users) {
        List<String> options = new ArrayList<>(List.of(
                "-XX:MaxDirectMemorySize=1t",
                "-XX:-CreateCoredumpOnCrash",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-Dnarrows.log=" + Workstation.EXECUTOR_LOG));
        options.addAll(GpuNatives.pretence());
        options.add(users);
        return String.join(" ", options).strip();
    }

    /** The size of a worker that has room for all of them. */
    static Workstation.Size size(SparkConf conf, WorkstationGpus gpus) {
        int executors = gpus.addresses().size();
        return new Workstation.Size(
                executors * conf.getInt(CORES, 1), Math.toIntExact(executors * conf.getSizeAsMb(MEMORY, HEAP)));
    }
}
