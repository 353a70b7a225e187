package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.gpu.ComputeCapability;
import dev.narrows.gpu.GpuModel;
import dev.narrows.program.Form;
import dev.narrows.study.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StudyDeviceTest {
    private static final long GIB = 1 << 30;
    private static final GpuModel H100 = new GpuModel("NVIDIA H100 80GB HBM3", new ComputeCapability(9, 0), 80 * GIB);
    private static final GpuModel T4 = new GpuModel("Tesla T4", new ComputeCapability(7, 5), 16 * GIB);

    @ParameterizedTest
    @CsvSource({"7, 0, FP32", "7, 5, FP32", "8, 0, BF16", "8, 6, BF16", "9, 0, BF16", "12, 0, BF16"})
    void autoIsBf16FromComputeCapability8On(int major, int minor, Precision precision) {
        StudyDevice device = StudyDevice.of(List.of(new GpuModel("GPU", new ComputeCapability(major, minor), GIB)));
        assertThat(device.resolve(Precision.AUTO)).isEqualTo(precision);
    }

    @Test
    void autoIsWhatAllGpusOfAStudyCompute() {
        StudyDevice mixed = StudyDevice.of(List.of(H100, T4, H100));
        assertThat(mixed.resolve(Precision.AUTO)).isEqualTo(Precision.FP32);
        assertThat(mixed.gpuMemoryBytes()).as("of the smallest").hasValue(16 * GIB);
        assertThat(mixed.mixed())
                .contains("Trials will run on 2 kinds of GPU (NVIDIA H100 80GB HBM3 (compute capability"
                        + " 9.0), Tesla T4 (compute capability 7.5)): times, latencies and the last bits of"
                        + " accuracies differ between them");
    }

    @Test
    void gpusOfOneKindAreOneDevice() {
        StudyDevice device = StudyDevice.of(List.of(H100, H100));
        assertThat(device).isEqualTo(StudyDevice.of(List.of(H100)));
        assertThat(device.text()).isEqualTo("NVIDIA H100 80GB HBM3 (compute capability 9.0)");
        assertThat(device.mixed()).isEmpty();
        assertThat(device.isKnown()).isTrue();
        assertThat(device.estimatedForm()).isEqualTo(Form.GPU_CHANNELS_LAST);
    }

    @Test
    void gpusThatNobodyHasSeenAreTakenForNewOnes() {
        StudyDevice unseen = StudyDevice.ofUnseenGpus();
        assertThat(unseen.resolve(Precision.AUTO)).isEqualTo(Precision.BF16);
        assertThat(unseen.isKnown()).isFalse();
        assertThat(unseen.isGpu()).isTrue();
        assertThat(unseen.gpuMemoryBytes()).isEmpty();
        assertThat(unseen.text()).isEqualTo("GPUs of compute capability 8.0 or later; a run asks its executors");
    }

    @Test
    void aProcessorDecidesAsItDidBefore() {
        assertThat(StudyDevice.here().resolve(Precision.AUTO)).isEqualTo(Host.resolve(Precision.AUTO));
        assertThat(StudyDevice.here().isGpu()).isFalse();
        assertThat(StudyDevice.here().estimatedForm()).isEqualTo(Form.CHANNELS_LAST);
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aPrecisionThatWasAskedForStays(Precision asked) {
        assertThat(StudyDevice.of(List.of(T4)).resolve(asked)).isEqualTo(asked);
        assertThat(StudyDevice.here().resolve(asked)).isEqualTo(asked);
    }

    @Test
    void bf16OnAGpuThatEmulatesItIsAdvisedAgainst() {
        assertThat(StudyDevice.of(List.of(H100, T4)).advice(Precision.BF16))
                .contains("bf16 will be slow on Tesla T4 (compute capability 7.5): GPUs compute it from"
                        + " compute capability 8.0 on; precision = auto takes fp32");
        assertThat(StudyDevice.of(List.of(H100)).advice(Precision.BF16)).isEmpty();
        assertThat(StudyDevice.of(List.of(T4)).advice(Precision.FP16)).isEmpty();
    }

    @Test
    void noGpuIsNoDevice() {
        assertThatThrownBy(() -> StudyDevice.of(List.of())).hasMessage("Cannot plan for GPUs: none was found");
    }
}
