package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.narrows.engine.StudyDevice;
import dev.narrows.gpu.CudaDriver;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.workstation.GpuChoice;
import dev.narrows.jobs.workstation.GpuNatives;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.study.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver asks its executors which GPUs they have, on a cluster that declares GPUs which no driver of NVIDIA knows.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class StudyDevicesTest {
    @TempDir
    static Path folder;

    private static StandaloneCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(CudaDriver.count()).as("GPUs here").isZero();
        LocalSpark.stop();
        cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, 1, 1);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void clear() {
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("spark."))
                .forEach(System::clearProperty);
    }

    @Test
    void declaredGpusThatNoDriverKnowsStandForProcessors() {
        SparkConf conf = cluster.conf()
                .set("spark.executor.resource.gpu.amount", "1")
                .set("spark.task.resource.gpu.amount", "0.5");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            Executors.await(spark, 1, "an executor", line -> {}, () -> false);
            assertThat(StudyDevices.ofExecutors(spark)).isEqualTo(StudyDevice.here());
        }
    }

    @Test
    void chosenGpusThatNoDriverKnowsAreUnseenOnes() {
        WorkstationGpus gpus =
                new WorkstationGpus(new GpuChoice.All(), List.of("0"), 1, false, new GpuNatives(Map.of(), false, ""));
        assertThat(StudyDevices.of(gpus)).isEqualTo(StudyDevice.ofUnseenGpus());
    }

    /** The executors are asked before ids are made, and then train what was planned. */
    @Test
    void aRunAsksItsExecutorsAndAPlanSaysThatItWill() throws Exception {
        Path study = Files.writeString(folder.resolve("study.conf"), """
                study = devices
                data { source = "bundled:fashion-mnist", train = 64, validation = 32, test = 32 }
                grid = [ { family = plain, widths = [8], depths = [1], strides = [2] } ]
                training { epochs = 1, precision = auto }
                latency { for = none }
                objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
                """);
        Path output = folder.resolve("results");
        System.setProperty("spark.executor.extraClassPath", StandaloneCluster.classes());
        System.setProperty("spark.executor.memory", "512m");
        System.setProperty("spark.executor.resource.gpu.amount", "1");
        System.setProperty("spark.task.resource.gpu.amount", "1");
        assertThat(CommandLineRun.of("plan", study, "--output", output).out())
                .contains("1 trial to run in bf16 (auto: chosen for GPUs of compute capability 8.0 or later;"
                        + " a run asks its executors): up to ")
                .contains(" of a GPU's memory per trial");
        CommandLineRun run = CommandLineRun.of("run", study, "--master", cluster.master(), "--output", output);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains("Cannot compute on gpu:");
        String id = Files.readAllLines(output.resolve("_trials")).get(0);
        assertThat(CommandLineRun.of("show", id, "--in", output).out())
                .contains(", "
                        + StudyDevice.here().resolve(Precision.AUTO).name().toLowerCase(Locale.ROOT)
                        + ", 1 intra-op thread");
    }
}
