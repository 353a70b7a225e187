package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of the native calls that settle a thread. Nothing here has a GPU: the calls are written down. */
class GpuThreadTest {
    private final List<String> made = new ArrayList<>();

    private class Written implements StreamCalls {
        private final int code;

        private Written(int code) {
            this.code = code;
        }

        @Override
        public int setDevice(int gpu) {
            made.add("device " + gpu);
            return code;
        }

        @Override
        public GpuThread.Stream takeStream(int gpu) {
            made.add("stream of " + gpu);
            return new GpuThread.Stream();
        }

        @Override
        public void keepGradients() {
            made.add("gradients");
        }

        @Override
        public Pointer cudaStream(GpuThread.Stream stream) {
            return Pointer.NULL;
        }
    }

    /** Other tests find this thread as it was. */
    @AfterEach
    void forget() {
        GpuThread.settle(0, new Written(0) {
            @Override
            public GpuThread.Stream takeStream(int gpu) {
                throw new UnsatisfiedLinkError("none");
            }
        });
        assertThat(GpuThread.hasStream()).isFalse();
    }

    /** A recording begins on the current GPU: on that of another stream it ends the process. */
    @Test
    void theGpuIsTheCurrentOneBeforeAStreamOfItIsTaken() {
        GpuThread.settle(3, new Written(0));
        assertThat(made).containsExactly("device 3", "stream of 3", "gradients");
        assertThat(GpuThread.hasStream()).isTrue();
    }

    @Test
    void aGpuThatCannotBeTheCurrentOneIsNotComputedOn() {
        assertThatThrownBy(() -> GpuThread.settle(1, new Written(46)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot compute on gpu:1: CUDA error 46");
        assertThatThrownBy(() -> GpuThread.settle(1, new Written(StreamCalls.OUT_OF_MEMORY)))
                .hasMessage("Cannot compute on gpu:1: CUDA error 2 (out of memory)")
                .matches(error -> EngineError.isOutOfMemory(error, () -> false));
        assertThat(made).containsExactly("device 1", "device 1");
        assertThat(GpuThread.hasStream()).isFalse();
        assertThatThrownBy(GpuThread::stream)
                .hasMessage("Cannot name the stream of this thread: it has none of its own");
    }
}
