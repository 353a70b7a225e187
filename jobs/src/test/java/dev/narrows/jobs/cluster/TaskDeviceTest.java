package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aTaskWithMoreCoresAsksForAsMuchOfAGpuAsAnyOther() {
        TaskResourceRequests processors = TaskDevice.requests(8, PROCESSORS);
        assertThat(processors.requests().keySet().mkString(",")).isEqualTo("cpus");
        TaskResourceRequests gpus = TaskDevice.requests(8, GPUS);
        assertThat(gpus.requests().apply("cpus").amount()).isEqualTo(8);
        assertThat(gpus.requests().apply("gpu").amount()).isEqualTo(0.5);
    }
}
