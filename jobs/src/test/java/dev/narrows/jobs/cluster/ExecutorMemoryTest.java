package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorMemoryTest {
    private static final long MIB = 1 << 20;

    private static SparkConf yarn() {
        return new SparkConf(false)
                .set("spark.master", "yarn")
                .set("spark.executor.memory", "2g")
                .set("spark.executor.cores", "4");
    }

    private static ExecutorMemory of(SparkConf conf) {
        return ExecutorMemory.of(conf, 1).orElseThrow();
    }

    @Test
    void theOverheadIsSparksOwnWhereNoneIsGiven() {
        assertThat(of(yarn())).isEqualTo(new ExecutorMemory(2048 * MIB, 384 * MIB, 4));
        assertThat(of(yarn().set("spark.executor.memory", "10g")).overheadBytes())
                .isEqualTo(1024 * MIB);
        assertThat(of(yarn().set("spark.executor.memoryOverhead", "3g")).overheadBytes())
                .isEqualTo(3072 * MIB);
    }

    @Test
    void slotsAreWhatCoresAndGpusAllow() {
        assertThat(of(yarn().set("spark.task.cpus", "2")).slots()).isEqualTo(2);
        SparkConf gpu = yarn().set("spark.executor.resource.gpu.amount", "1");
        assertThat(of(gpu.set("spark.task.resource.gpu.amount", "1")).slots()).isEqualTo(1);
        assertThat(of(gpu.set("spark.task.resource.gpu.amount", "0.5")).slots()).isEqualTo(2);
    }

    @Test
    void nobodyCountsInThisProcessOrOnAStandaloneCluster() {
        assertThat(ExecutorMemory.of(new SparkConf(false).set("spark.master", "local[4]"), 1))
                .isEmpty();
        assertThat(ExecutorMemory.of(new SparkConf(false).set("spark.master", "spark://h:7077"), 1))
                .isEmpty();
        assertThat(ExecutorMemory.of(new SparkConf(false).set("spark.master", "k8s://https://h"), 1))
                .isPresent();
    }

    @Test
    void tooLittleForAllTrialsAtOnceIsSaidWithTheFigureToSet() {
        ExecutorMemory.Need need = new ExecutorMemory.Need(500 * MIB, 100 * MIB, false);
        assertThat(of(yarn()).refuses(need)).isEmpty();
        assertThat(of(yarn()).advice(need))
                .contains(
                        "An executor has 384 MiB beside its heap, and 4 of the largest trials at once need about 2.6 GiB: set spark.executor.memoryOverhead=2900m, or executors may be killed");
        assertThat(of(yarn().set("spark.executor.memoryOverhead", "2900m")).advice(need))
                .isEmpty();
    }

    @Test
    void anExecutorThatCannotHoldOneTrialIsRefused() {
        ExecutorMemory.Need need = new ExecutorMemory.Need(4096 * MIB, 0, false);
        assertThat(of(yarn()).refuses(need).orElseThrow())
                .startsWith("one trial of this study needs about 4.5 GiB beside the heap")
                .contains("spark.executor.memoryOverhead=");
        assertThat(of(yarn()).refuses(new ExecutorMemory.Need(4096 * MIB, 0, true)))
                .as("on a GPU tensors lie on the device")
                .isEmpty();
    }
}
