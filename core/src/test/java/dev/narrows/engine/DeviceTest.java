package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
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
