package dev.narrows.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

class GpuReadingTest {
    private static final long GIB = 1 << 30;
    private static final GpuModel H100 = new GpuModel("NVIDIA H100 80GB HBM3", new ComputeCapability(9, 0), 80 * GIB);

    @Test
    void everyReadingStandsInOneLine() {
        GpuReading reading = new GpuReading(
                1,
                H100,
                new GpuMemory(79 * GIB, 80 * GIB),
                new GpuMemory(78 * GIB, 80 * GIB),
                "570.86.10",
                "12.8",
                "12.6",
                "9.5.1",
                new GpuState(1980, 0L, 1));
        assertThat(reading)
                .hasToString("GPU 1: NVIDIA H100 80GB HBM3 (compute capability 9.0), 79.0 of 80.0 GiB free,"
                        + " 78.0 GiB beside this process's context, driver 570.86.10 (up to CUDA 12.8), CUDA"
                        + " 12.6, cuDNN 9.5.1, clock 1980 MHz, not throttled (reasons 0x0), processes on it:"
                        + " 1");
    }

    @Test
    void aReadingThatFailedIsNamedToo() {
        assertThat(new GpuReading(0, null, null, null, null, null, null, null, GpuState.UNKNOWN))
                .hasToString("GPU 0: model unknown, memory unknown, driver unknown (up to CUDA unknown), CUDA"
                        + " unknown, cuDNN unknown, clock unknown, throttling unknown, processes on it:"
                        + " unknown");
        assertThat(new GpuReading(0, H100, null, null, null, null, null, null, new GpuState(900, 0x4L, null)))
                .asString()
                .contains("clock 900 MHz, throttled by power cap, processes on it: unknown");
    }

    /** Without a driver, every native call is left out. */
    @Test
    void aHostWithoutADriverHasNoGpu() {
        assumeThat(NativeCalls.of("libcuda.so.1")).as("no driver of NVIDIA").isEmpty();
        assertThat(CudaDriver.count()).isZero();
        assertThat(CudaDriver.models()).isEmpty();
        assertThat(CudaDriver.model(0)).isEmpty();
        assertThat(CudaRuntime.memory(0)).isEmpty();
        assertThat(Nvml.state(0)).isEqualTo(GpuState.UNKNOWN);
        assertThat(GpuReading.of(0).known()).isEmpty();
        assertThat(GpuReading.of(0).memory()).isNull();
    }

    @Test
    void bf16BeginsWithAmpere() {
        assertThat(new ComputeCapability(8, 0).computesBf16()).isTrue();
        assertThat(new ComputeCapability(10, 0).computesBf16()).isTrue();
        assertThat(new ComputeCapability(7, 5).computesBf16()).isFalse();
        assertThat(new ComputeCapability(7, 9)).isLessThan(new ComputeCapability(8, 0));
        assertThat(new ComputeCapability(12, 1)).hasToString("12.1");
    }

    @Test
    void impossibleReadingsAreRefused() {
        assertThatThrownBy(() -> new ComputeCapability(0, 3))
                .hasMessage("Cannot have compute capability 0.3: it begins with 1.0");
        assertThatThrownBy(() -> new GpuMemory(2, 1)).hasMessage("Cannot have 2 bytes free of 1 on a GPU");
        assertThatThrownBy(() -> new GpuModel(" ", new ComputeCapability(9, 0), 1))
                .hasMessage("Cannot describe a GPU ' ' of 1 bytes: both must be given");
    }
}
