package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.program.Form;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import org.junit.jupiter.api.Test;

class EngineErrorTest {
    private static final String TRACE = """
            The following operation failed in the TorchScript interpreter.
            Traceback of TorchScript, serialized code (most recent call last):
              File "code/__torch__.py", line 33, in advance
                RuntimeError: of the code
                ~~~~~~~~~~~~ <--- HERE
            """;

    private static String message(String text) {
        return EngineError.message(new IllegalStateException(text));
    }

    /** A label that is no class, which the loss refuses within the method of a training step. */
    @Test
    void theReasonOfAMethodThatFailedIsBehindItsCode() {
        Optimizer optimizer = new Optimizer.Sgd(0.9, false, 0);
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module =
                        new Module(manager, LearnerTest.archive(optimizer, Precision.FP32, Form.CHANNELS_LAST));
                Learner learner = new Learner(
                        module, optimizer, Precision.FP32, FamiliesInTheEngineTest.rates(1, 0.1), 1, false)) {
            NDArray images = manager.zeros(new Shape(1, 12, 12, 3), DataType.FLOAT32);
            NDArray labels = manager.create(new long[] {99});
            Throwable error = catchThrowable(() -> learner.learn(images, labels));
            assertThat(error.getMessage()).startsWith("The following operation failed in the TorchScript interpreter.");
            assertThat(EngineError.message(error)).isEqualTo("Target 99 is out of bounds.");
        }
    }

    @Test
    void theLastReasonCountsAndItsFirstLine() {
        assertThat(message(TRACE + """
                RuntimeError: an earlier one
                RuntimeError: CUDA error: device-side assert triggered
                CUDA kernel errors might be asynchronously reported at some other API call
                """)).isEqualTo("CUDA error: device-side assert triggered");
        assertThat(message(TRACE + "torch.Error: another kind\n")).isEqualTo("torch.Error: another kind");
    }

    @Test
    void otherMessagesBeginWithTheReason() {
        assertThat(message("\nCUDA out of memory\nException raised from malloc"))
                .isEqualTo("CUDA out of memory");
        assertThat(message("")).isEqualTo("java.lang.IllegalStateException: ");
        assertThat(EngineError.message(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void outOfMemoryIsToldInTheWordsOfEveryAllocator() {
        for (String message : new String[] {
            "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB",
            "CUDA error: out of memory",
            "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
            "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
            "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory",
            TRACE + "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB."
        }) {
            assertThat(EngineError.isOutOfMemory(new IllegalStateException(message), () -> false))
                    .as(message)
                    .isTrue();
        }
        assertThat(EngineError.isOutOfMemory(
                        new IllegalStateException("CUDA error: an illegal memory access"), () -> true))
                .isFalse();
    }

    /** cuDNN tries its algorithms one after another, and says the same where none of them suits the operation. */
    @Test
    void cudnnWithoutAnAlgorithmLacksMemoryWhereTheGpuIsFull() {
        for (String search : new String[] {"GET", "FIND"}) {
            Throwable error = new IllegalStateException(
                    TRACE + "RuntimeError: " + search + " was unable to find an engine to execute this computation");
            assertThat(EngineError.isOutOfMemory(error, () -> true)).isTrue();
            assertThat(EngineError.isOutOfMemory(error, () -> false)).isFalse();
        }
    }
}
