package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the native calls of a recording. Nothing here has a GPU: the calls are written down. */
class RecordingTest {
    private final List<String> made = Collections.synchronizedList(new ArrayList<>());

    /** Writes calls down. */
    private final class Written implements CaptureCalls {
        private final boolean invalid;
        private Memory graph;

        private Written(boolean invalid) {
            this.invalid = invalid;
        }

        @Override
        public void construct(Memory of) {
            graph = of;
            made.add("construct");
        }

        @Override
        public void begin(Memory of) {
            made.add("begin");
        }

        @Override
        public boolean isInvalid() {
            return invalid;
        }

        @Override
        public void end(Memory of) {
            made.add("end");
        }

        @Override
        public void replay(Memory of) {
            made.add("replay");
        }

        @Override
        public void destroy(Memory of) {
            made.add("destroy");
        }
    }

    private void fail() {
        made.add("call");
        throw new IllegalStateException("CUDA out of memory");
    }

    @Test
    void aRecordingIsRepeatedUntilItIsClosed() {
        try (Recording recording = Recording.captured(() -> made.add("call"), new Written(false))) {
            recording.replay();
            recording.replay();
        }
        assertThat(made).containsExactly("construct", "begin", "call", "end", "replay", "replay", "destroy");
    }

    /** Else the thread would record for ever, and the allocator give nothing back. */
    @Test
    void aCallThatFailsEndsItsRecordingToo() {
        Written calls = new Written(false);
        assertThatThrownBy(() -> Recording.captured(this::fail, calls)).hasMessage("CUDA out of memory");
        assertThat(made).containsExactly("construct", "begin", "call", "end", "destroy");
        assertThat(calls.graph.valid()).isFalse();
    }

    /** To end it would throw an exception of C++, and the allocator asks its object from then on. */
    @Test
    void anInvalidRecordingIsNotEndedAndItsObjectStays() {
        Written calls = new Written(true);
        assertThatThrownBy(() -> Recording.captured(this::fail, calls))
                .isInstanceOf(InvalidRecording.class)
                .hasMessage("Cannot record a step: CUDA error: operation failed due to a previous error during capture")
                .hasRootCauseMessage("CUDA out of memory");
        assertThat(made).containsExactly("construct", "begin", "call");
        assertThat(calls.graph.valid()).isTrue();
    }

    @Test
    void aCallThatHidesItsErrorIsFoundInvalid() {
        assertThatThrownBy(() -> Recording.captured(() -> made.add("call"), new Written(true)))
                .isInstanceOf(InvalidRecording.class);
        assertThat(made).containsExactly("construct", "begin", "call");
    }

    /** Graphs are in a list of libtorch that has no lock, and memory is given back while nothing is recorded. */
    @Test
    void oneIsClosedAndMemoryGivenBackOnlyBesideTheRecordingsOfOthers() throws InterruptedException {
        Recording other = Recording.captured(() -> {}, new Written(false));
        List<Thread> waiting =
                List.of(new Thread(other::close), new Thread(() -> Recording.beside(() -> made.add("give back"))));
        made.clear();
        Recording recording = Recording.captured(
                () -> waiting.forEach(thread -> {
                    thread.start();
                    while (thread.getState() != Thread.State.BLOCKED && thread.getState() != Thread.State.TERMINATED) {
                        Thread.onSpinWait();
                    }
                }),
                new Written(false));
        for (Thread thread : waiting) {
            thread.join();
        }
        recording.close();
        assertThat(made.subList(0, 3)).containsExactly("construct", "begin", "end");
        assertThat(made.subList(3, 6)).containsExactlyInAnyOrder("destroy", "give back", "destroy");
    }

    @Test
    void withoutCudaNothingIsRecorded() {
        Engine.start(1);
        GpuThread.settle(0);
        assertThat(GpuThread.hasStream()).isFalse();
        assertThat(Recording.of(this::fail, 0)).isEmpty();
        assertThat(made).isEmpty();
    }
}
