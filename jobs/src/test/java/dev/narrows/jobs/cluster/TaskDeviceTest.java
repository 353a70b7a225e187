package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.engine.StudyDevice;
import dev.narrows.jobs.LocalSpark;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.TaskResourceRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A task without GPUs; {@link GpuSharesTest} has those with. */
class TaskDeviceTest {
    private static final SparkConf PROCESSORS = new SparkConf(false);
    private static final SparkConf GPUS = new SparkConf(false).set("spark.task.resource.gpu.amount", "0.5");

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    void aTaskThatSparkGivesNoGpuComputesOnTheProcessor() {
        List<String> devices = LocalSpark.context()
                .parallelize(List.of(1, 2), 2)
                .map(one -> TaskDevice.here())
                .collect();
        assertThat(devices).containsExactly("cpu", "cpu");
        assertThat(TaskDevice.gpusHere()).isEmpty();
    }

    @Test
    void theDeviceOfATaskThatLeftNoWordIsKnownOnlyOnProcessors() {
        assertThat(TaskDevice.unseen(PROCESSORS)).isEqualTo("cpu");
        assertThat(TaskDevice.unseen(GPUS)).isEmpty();
    }

    @Test
    void trialsAtOnceOnAGpuFollowFromTheShareOfEach() {
        assertThat(TaskDevice.trialsPerGpu(PROCESSORS)).isEqualTo(1);
        assertThat(TaskDevice.trialsPerGpu(GPUS)).isEqualTo(2);
        assertThat(TaskDevice.trialsPerGpu(gpus("0.125"))).isEqualTo(8);
        assertThat(TaskDevice.trialsPerGpu(gpus("0.3"))).isEqualTo(3);
        assertThat(TaskDevice.trialsPerGpu(gpus("0.2"))).isEqualTo(5);
        assertThat(TaskDevice.trialsPerGpu(gpus("2"))).isEqualTo(1);
    }

    private static SparkConf gpus(String amount) {
        return new SparkConf(false).set("spark.task.resource.gpu.amount", amount);
    }

    @Test
    void settingsSayWhetherAStudyNeedsGpusOfExecutors() {
        assertThat(StudyDevices.asked(PROCESSORS)).isEqualTo(StudyDevice.here());
        assertThat(StudyDevices.asked(GPUS)).isEqualTo(StudyDevice.ofUnseenGpus());
        assertThat(StudyDevices.asked(gpus("1").set("spark.master", "spark://h:7077")))
                .isEqualTo(StudyDevice.ofUnseenGpus());
        assertThat(StudyDevices.asked(gpus("1").set("spark.master", "local[2]")))
                .as("trials inside this process")
                .isEqualTo(StudyDevice.here());
    }

    @Test
    void aTaskWithMoreCoresAsksForAsMuchOfAGpuAsAnyOther() {
        TaskResourceRequests processors = TaskDevice.requests(8, PROCESSORS);
        assertThat(processors.requests().keySet().mkString(",")).isEqualTo("cpus");
        TaskResourceRequests gpus = TaskDevice.requests(8, GPUS);
        assertThat(gpus.requests().apply("cpus").amount()).isEqualTo(8);
        assertThat(gpus.requests().apply("gpu").amount()).isEqualTo(0.5);
    }
}
