package dev.narrows.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.trial.Environment;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoiltGpuTest {
    private static final Environment GPU = new Environment("h", "", "gpu:0", "bf16", 1, "tests");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai.djl.engine.EngineException: CUDA error: an illegal memory access was encountered",
                "CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported",
                "CUDA error: unspecified launch failure",
                "CUDA error 719 in step",
                "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
                "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasGemmEx`",
                "Cannot record a step: CUDA error: operation failed due to a previous error during capture",
                "Cannot compute on gpu:1: CUDA error 700",
                "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript, serialized"
                        + " code (most recent call last):\n  File \"code/__torch__.py\", line 33, in advance\n"
                        + "    loss = torch.cross_entropy_loss(scores, labels)\n    ~~~~ <--- HERE\n"
                        + "RuntimeError: CUDA error: device-side assert triggered\n"
                        + "CUDA kernel errors might be asynchronously reported"
            })
    void anErrorThatStaysIsOne(String message) {
        assertThat(SpoiltGpu.isToldBy(result(Outcome.FAILED, message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 20.00 MiB",
                "CUDA error: out of memory",
                "CUDA error: invalid device ordinal",
                "Cannot compute on gpu:1: CUDA error 101",
                "The following operation failed in the TorchScript interpreter.\nRuntimeError: CUDA out of memory",
                "CUDA error: no kernel image is available for execution on the device",
                "Cannot compute on gpu:3: the engine of this process sees 1 GPUs",
                ""
            })
    void anErrorOfATrialAloneIsNone(String message) {
        assertThat(SpoiltGpu.isToldBy(result(Outcome.FAILED, message))).isFalse();
        assertThat(SpoiltGpu.isToldBy(result(Outcome.COMPLETED, "CUDA error: device-side assert triggered")))
                .isFalse();
    }

    private static TrialResult result(Outcome outcome, String message) {
        return TrialResult.bare("t", outcome, message, GPU, 0, 1);
    }
}
