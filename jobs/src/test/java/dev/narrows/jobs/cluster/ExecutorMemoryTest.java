package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.engine.DeviceBudget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorMemoryTest {
    private static final long MIB = 1 << 20;

    private static SparkConf yarn() {
        return new SparkConf(false)
                .set("spark.master", "yarn")
                .set("spark.executor.memory", "2g")
                .set("spark.executor.cores", "4");
    }

    private static final ExecutorMemory.Need SMALL = need(1, 0);

    private static ExecutorMemory.Counted of(SparkConf conf) {
        return of(conf, SMALL);
    }

    private static ExecutorMemory.Counted of(SparkConf conf, ExecutorMemory.Need need) {
        return (ExecutorMemory.Counted) ExecutorMemory.of(conf, 1, () -> need);
    }

    private static ExecutorMemory.Need need(long trialMib, long imageMib) {
        return new ExecutorMemory.Need(trialMib * MIB, imageMib * MIB, 0, false);
    }

    @Test
    void theOverheadIsSparksOwnWhereNoneIsGiven() {
        assertThat(of(yarn())).isEqualTo(new ExecutorMemory.Counted(2048 * MIB, 384 * MIB, 4, SMALL));
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

    /** As Spark gives shares: of one GPU, and not of two together. */
    @ParameterizedTest
    @CsvSource({"2, 0.4, 4", "2, 0.5, 4", "1, 0.3, 3", "4, 2, 2"})
    void aShareIsOfOneGpu(String gpus, String share, int slots) {
        assertThat(of(yarn().set("spark.executor.cores", "16")
                                .set("spark.executor.resource.gpu.amount", gpus)
                                .set("spark.task.resource.gpu.amount", share))
                        .slots())
                .isEqualTo(slots);
    }

    @Test
    void aGpuHoldsTheImagesThatStayThere() {
        ExecutorMemory.Need need = new ExecutorMemory.Need(1, 4096 * MIB, 7 * MIB, true);
        assertThat(of(yarn(), need).residentBytes()).isEqualTo(7 * MIB);
        SparkConf standalone = new SparkConf(false).set("spark.master", "spark://h:7077");
        assertThat(ExecutorMemory.of(standalone, 1, () -> need).residentBytes()).isZero();
        assertThat(ExecutorMemory.of(standalone.set("spark.task.resource.gpu.amount", "1"), 1, () -> need)
                        .residentBytes())
                .isEqualTo(7 * MIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[4]", "spark://h:7077"})
    void nobodyCountsInThisProcessOrOnAStandaloneCluster(String master) {
        ExecutorMemory memory =
                ExecutorMemory.of(new SparkConf(false).set("spark.master", master), 1, () -> need(1 << 20, 0));
        assertThat(memory).isEqualTo(new ExecutorMemory.MeasuredMemory(0));
        assertThat(memory.refuses()).isEmpty();
        assertThat(memory.advice()).isEmpty();
    }

    @Test
    void yarnAndKubernetesCount() {
        assertThat(of(new SparkConf(false).set("spark.master", "yarn"))).isNotNull();
        assertThat(of(new SparkConf(false).set("spark.master", "k8s://https://h")))
                .isNotNull();
    }

    /**
     * Another factor or minimum, as a cluster may have: what executors are given is what the driver has counted with.
     */
    @ParameterizedTest
    @CsvSource({"0.1, 384m", "0.4, 384m", "0.01, 64m", "0.1, 4g"})
    void theDriverAdmitsExactlyWhatExecutorsAccept(String factor, String least) throws Exception {
        SparkConf conf = yarn().set("spark.executor.memoryOverheadFactor", factor)
                .set("spark.executor.minMemoryOverhead", least);
        int admitted = 0;
        for (int mebibytes = 1; mebibytes <= 2000; mebibytes++) {
            ExecutorMemory.Need need = need(mebibytes, 100);
            ExecutorMemory driver = of(conf, need);
            boolean accepted = travelled(driver).budget().admits(need.trialBytes());
            assertThat(driver.refuses().isEmpty())
                    .as("a trial of %d MiB", mebibytes)
                    .isEqualTo(accepted);
            admitted += accepted ? 1 : 0;
        }
        assertThat(admitted)
                .as("the law is looked at on both sides of the limit")
                .isBetween(1, 1999);
    }

    @Test
    void aLargerFactorAdmitsALargerTrial() {
        ExecutorMemory.Need need = need(450, 100);
        assertThat(of(yarn(), need).refuses()).isPresent();
        assertThat(of(yarn().set("spark.executor.memoryOverheadFactor", "0.4"), need)
                        .refuses())
                .isEmpty();
    }

    @Test
    void theWholeContainerBoundsTheProcess() {
        assertThat(of(yarn(), need(1, 0)).budget().processBytes()).isEqualTo((2048 + 384) * MIB);
    }

    @Test
    void tooLittleForAllTrialsAtOnceIsSaidWithTheFigureToSet() {
        ExecutorMemory.Need need = need(300, 100);
        assertThat(of(yarn(), need).refuses()).isEmpty();
        assertThat(of(yarn(), need).advice())
                .contains("An executor has 384 MiB beside its heap, and 4 of the largest trials at once need"
                        + " about 1.8 GiB: set spark.executor.memoryOverhead=2000m, or executors may be"
                        + " killed");
        assertThat(of(yarn().set("spark.executor.memoryOverhead", "2000m"), need)
                        .advice())
                .isEmpty();
    }

    @Test
    void anExecutorWhoseSlotsCannotHoldATrialIsRefusedWithTheFigureToSet() {
        ExecutorMemory.Need need = need(4096, 0);
        assertThat(of(yarn(), need).refuses())
                .contains("one trial of this study needs about 4.5 GiB beside the heap, and an executor has"
                        + " 2.0 GiB of heap and 384 MiB beside it for 4 trials at once: set"
                        + " spark.executor.memoryOverhead=18600m or more");
        assertThat(of(yarn().set("spark.executor.memoryOverhead", "18600m"), need)
                        .refuses())
                .isEmpty();
    }

    @Test
    void onAGpuTensorsLieOnTheDevice() {
        ExecutorMemory.Need need = new ExecutorMemory.Need(4096 * MIB, 0, 0, true);
        assertThat(of(yarn(), need).refuses()).isEmpty();
        assertThat(of(yarn(), need).budget("gpu:0", yarn().set("spark.task.resource.gpu.amount", "0.5")))
                .isInstanceOf(DeviceBudget.class);
        assertThat(of(yarn(), need).budget("cpu", yarn()))
                .as("an address that stands for a processor")
                .isEqualTo(of(yarn(), need).budget());
        assertThat(of(yarn(), new ExecutorMemory.Need(1, 4096 * MIB, 0, true)).refuses())
                .as("images lie on the host")
                .isPresent();
    }

    private static ExecutorMemory travelled(ExecutorMemory memory) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(memory);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ExecutorMemory) in.readObject();
        }
    }
}
