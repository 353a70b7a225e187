package dev.narrows.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.data.Description;
import dev.narrows.engine.StudyDevice;
import dev.narrows.gpu.ComputeCapability;
import dev.narrows.gpu.GpuModel;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.workstation.GpuChoice;
import dev.narrows.jobs.workstation.GpuNatives;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.study.Precision;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The device of a study is part of its plan. */
class PlannedStudyTest {
    private static final long GIB = 1L << 30;
    private static final GpuModel H100 = new GpuModel("NVIDIA H100 80GB HBM3", new ComputeCapability(9, 0), 80 * GIB);
    private static final GpuModel T4 = new GpuModel("Tesla T4", new ComputeCapability(7, 5), 16 * GIB);

    @TempDir
    Path folder;

    private PlannedStudy planned(String precision, StudyDevice device) throws IOException {
        Path file = folder.resolve("study.conf");
        Files.writeString(file, """
                study = devices
                data { source = "bundled:fashion-mnist", train = 2000, validation = 100 }
                grid = [ { family = bottleneck, mid = [4, 32], seeds = [0, 1] } ]
                training { batch-size = 2000, precision = %s }
                """.formatted(precision));
        return PlannedStudy.of(StudyReader.read(file, List.of()), device);
    }

    private static List<String> ids(List<Trial> trials) {
        return trials.stream().map(Trial::id).toList();
    }

    @Test
    void autoIsWhatTheDeviceOfTheStudyComputes() throws IOException {
        PlannedStudy planned = planned("auto", StudyDevice.of(List.of(H100)));
        assertThat(planned.trials())
                .hasSize(4)
                .allMatch(trial -> trial.training().precision() == Precision.BF16);
        assertThat(ids(planned.trials()))
                .isEqualTo(ids(planned("bf16", StudyDevice.here()).trials()));
        PlannedStudy older = planned.on(StudyDevice.of(List.of(H100, T4)));
        assertThat(ids(older.trials()))
                .isEqualTo(ids(planned("fp32", StudyDevice.here()).trials()));
        assertThat(older.plan()).isSameAs(planned.plan());
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aPrecisionThatTheStudyNamesNeedsNoDevice(Precision precision) throws IOException {
        PlannedStudy planned = planned(precision.name().toLowerCase(java.util.Locale.ROOT), StudyDevice.ofUnseenGpus());
        assertThat(planned.needsDevice()).isFalse();
        assertThat(ids(planned.trials()))
                .isEqualTo(ids(planned.on(StudyDevice.here()).trials()));
    }

    @Test
    void autoOnGpusThatNobodyHasSeenNeedsTheirDevice() throws IOException {
        assertThat(planned("auto", StudyDevice.ofUnseenGpus()).needsDevice()).isTrue();
        assertThat(planned("auto", StudyDevice.of(List.of(T4))).needsDevice()).isFalse();
        assertThat(planned("auto", StudyDevice.here()).needsDevice()).isFalse();
    }

    @Test
    void trialsThatDoNotFitTheirShareOfAGpuAreToldWithTheNumberThatFits() throws IOException {
        GpuModel small = new GpuModel("Small", new ComputeCapability(8, 6), 4 * GIB);
        PlannedStudy planned = planned("bf16", StudyDevice.of(List.of(small)));
        assertThat(planned.gpuMemoryAdvice(1)).isEmpty();
        assertThat(planned.gpuMemoryAdvice(8))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .matches("The largest trial of this study needs about \\S+ [MG]iB of a GPU,"
                                + " and each of 8 trials at once on Small \\(compute capability"
                                + " 8.6\\) has \\d+ MiB: trials that do not fit end out-of-memory"
                                + " \\(it fits with [1-7] trials? at once\\)"));
        GpuModel tiny = new GpuModel("Tiny", new ComputeCapability(8, 6), GIB / 2);
        assertThat(planned.on(StudyDevice.of(List.of(tiny))).gpuMemoryAdvice(1))
                .hasValueSatisfying(advice -> assertThat(advice).endsWith("(a smaller batch needs less)"));
        assertThat(planned.on(StudyDevice.ofUnseenGpus()).gpuMemoryAdvice(8)).isEmpty();
        assertThat(planned.on(StudyDevice.here()).gpuMemoryAdvice(8)).isEmpty();
    }

    @Test
    void asManyTrialsRunAtOnceOnAGpuAsItsMemoryAndTheCoresAllow() throws IOException {
        GpuModel large = new GpuModel("Large", new ComputeCapability(8, 6), 80 * GIB);
        GpuModel small = new GpuModel("Small", new ComputeCapability(8, 6), 2 * GIB);
        PlannedStudy planned = planned("bf16", StudyDevice.of(List.of(large)));
        assertThat(planned.trialsPerGpu(64)).isEqualTo(8);
        assertThat(planned.trialsPerGpu(3)).isEqualTo(3);
        assertThat(planned.trialsPerGpu(0)).isEqualTo(1);
        assertThat(planned.on(StudyDevice.of(List.of(small))).trialsPerGpu(64)).isBetween(1, 7);
        assertThat(planned.on(StudyDevice.ofUnseenGpus()).trialsPerGpu(64)).isEqualTo(1);
    }

    @Test
    void onlyANumberThatWasLeftToThePlanIsFitted() throws IOException {
        GpuModel large = new GpuModel("Large", new ComputeCapability(8, 6), 80 * GIB);
        PlannedStudy planned = planned("bf16", StudyDevice.of(List.of(large)));
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(planned.fitted(onGpu(1, true)).gpus().orElseThrow().slots()).isEqualTo(Math.min(8, cores));
        assertThat(planned.fitted(onGpu(5, false)).gpus().orElseThrow().slots()).isEqualTo(5);
        assertThat(planned.fitted(ComputePlace.ANY)).isEqualTo(ComputePlace.ANY);
    }

    private static ComputePlace onGpu(int trials, boolean fitted) {
        return ComputePlace.ANY.with(new WorkstationGpus(
                new GpuChoice.All(), List.of("0"), trials, fitted, new GpuNatives(Map.of(), false, "")));
    }

    /** The processor's estimate has channels of zeros, and groups in fp32, which a GPU does without. */
    @Test
    void aGpusTrialIsEstimatedInItsOwnForm() throws IOException {
        PlannedStudy planned = planned("fp32", StudyDevice.here());
        assertThat(planned.on(StudyDevice.of(List.of(H100))).largestTrialBytes())
                .isLessThanOrEqualTo(planned.largestTrialBytes());
    }

    /** Of deformed images a GPU keeps those of evaluations alone; the host keeps all. */
    @ParameterizedTest
    @CsvSource({"0, true", "'[0, 2]', true", "2, false"})
    void trainingImagesAreOnTheGpuWhereATrialLooksThemUp(String elastic, boolean kept) throws IOException {
        Path file = folder.resolve("deformed.conf");
        Files.writeString(file, """
                study = deformed
                data { source = "bundled:fashion-mnist", train = 2000, validation = 100 }
                grid = [ { family = bottleneck, mid = [4] } ]
                training { augment { elastic = %s } }
                """.formatted(elastic));
        PlannedStudy planned = PlannedStudy.of(StudyReader.read(file, List.of()), StudyDevice.of(List.of(H100)));
        Description images = planned.data().values().iterator().next();
        ExecutorMemory.Need need = planned.memoryOfATrial(new SparkConf(false));
        assertThat(need.imageBytes()).isEqualTo(28L * 28 * images.images());
        assertThat(need.residentBytes())
                .isEqualTo(28L * 28 * (images.images() - (kept ? 0 : 2000)))
                .isPositive();
    }
}
