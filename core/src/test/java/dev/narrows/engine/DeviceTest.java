package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.narrows.gpu.ComputeCapability;
import dev.narrows.gpu.GpuModel;
import dev.narrows.gpu.GpuReading;
import dev.narrows.gpu.GpuState;
import dev.narrows.trial.GpuEnvironment;
import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void addressesAreThoseOfSpark() {
        assertThat(Engine.device("cpu", 0)).isEqualTo(Device.cpu());
        assertThat(Engine.device("gpu:0", 2)).isEqualTo(Device.gpu(0));
        assertThat(Engine.device("gpu:1", 2)).isEqualTo(Device.gpu(1));
    }

    @Test
    void anEngineWithoutCudaSaysWhatToDo() {
        assertThatThrownBy(() -> Engine.device("gpu:0", 0))
                .hasMessage("Cannot compute on gpu:0: the engine of this process has no CUDA, or finds no GPU"
                        + " (docs/gpu.md says how to give it both)");
    }

    @Test
    void aGpuThatIsNotThereIsNamedBesideThoseThatAre() {
        assertThatThrownBy(() -> Engine.device("gpu:4", 4))
                .hasMessage("Cannot compute on gpu:4: the engine of this process sees 4 GPUs, from gpu:0 to gpu:3");
    }

    @Test
    void anAddressMustBeANumber() {
        assertThatThrownBy(() -> Engine.device("gpu:GPU-5f3a", 4))
                .hasMessage(
                        "Cannot compute on gpu:GPU-5f3a: a device is cpu, or gpu: and the number that CUDA gives a GPU"
                                + " (a discovery script must print numbers)");
    }

    @Test
    void onlyAGpuHasANumber() {
        assertThat(Engine.gpuNumber("gpu:3")).hasValue(3);
        assertThat(Engine.gpuNumber("cpu")).isEmpty();
        assertThat(Engine.gpuNumber("gpu:GPU-5f3a")).isEmpty();
    }

    @Test
    void theGpuOfARowIsWhatCouldBeRead() {
        GpuModel h100 = new GpuModel("NVIDIA H100 80GB HBM3", new ComputeCapability(9, 0), 1);
        assertThat(Host.gpu(
                        new GpuReading(0, h100, null, null, "570.86.10", "13.0", "12.6", "9.5.1", GpuState.UNKNOWN)))
                .isEqualTo(new GpuEnvironment("NVIDIA H100 80GB HBM3", "9.0", "570.86.10", "12.6", "9.5.1"));
        assertThat(Host.gpu(new GpuReading(0, h100, null, null, null, null, null, null, GpuState.UNKNOWN)))
                .isEqualTo(new GpuEnvironment("NVIDIA H100 80GB HBM3", "9.0", "", "", ""));
        assertThat(Host.gpu(new GpuReading(0, null, null, null, null, null, null, null, GpuState.UNKNOWN)))
                .isNull();
    }

    /** The switches are the library's, whichever device it computes on: set, and read back. */
    @Test
    void bitsRepeatAndFp32IsNoTf32() {
        Engine engine = Engine.start(1);
        assertThat(Switches.text()).isEqualTo("tf32=off;cudnn=deterministic");
        assertThat(engine.environment("gpu:0", dev.narrows.study.Precision.FP32).versions())
                .endsWith(";tf32=off;cudnn=deterministic");
        assertThat(engine.environment("cpu", dev.narrows.study.Precision.FP32).versions())
                .doesNotContain("tf32");
    }
}
