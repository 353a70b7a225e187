package dev.narrows.engine;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that a GPU has recorded with all its operations, and repeats at one command: a CUDA graph.
 *
 * <p>A small network's step is hundreds of operations of microseconds, and to give them one by one takes longer than to
 * compute them. The repetition computes the same operations on the same memory, so it has the same bits. The class is
 * libtorch's {@code at::cuda::CUDAGraph}, which keeps the memory apart; DJL has no name for it.
 */
final class Recording implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** More than the object has in any version. */
    private static final int OBJECT_BYTES = 4096;

    /**
     * One at a time, as libtorch demands; its generator of random numbers keeps a list of all graphs without a lock.
     */
    private static final Object CAPTURING = new Object();

    /** Graphs that could not be ended: the allocator asks them about each stream for as long as the process lives. */
    private static final List<Memory> LOST = new ArrayList<>();

    private static volatile boolean unavailable = Boolean.getBoolean("narrows.gpu.unrecorded");

    private final Memory graph;
    private final CaptureCalls calls;

    private Recording(Memory graph, CaptureCalls calls) {
        this.graph = graph;
        this.calls = calls;
    }

    /**
     * Records a call, which computes nothing meanwhile. The thread's stream must have nothing left to do, and the call
     * must have been made before.
     *
     * @return empty where it cannot be recorded; then the thread computes on another stream
     * @throws InvalidRecording where nothing can be computed on this GPU in this process after it
     */
    static Optional<Recording> of(Runnable call, int gpu) {
        // The default stream cannot be recorded.
        if (unavailable || !GpuThread.hasStream()) {
            return Optional.empty();
        }
        try {
            return Optional.of(captured(call, new CudaGraphCalls()));
        } catch (UnsatisfiedLinkError e) {
            unavailable = true;
            LOG.warn("Steps on GPUs are not recorded: {}", e.getMessage());
            return Optional.empty();
        } catch (InvalidRecording e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("A step on GPU {} is not recorded: {}", gpu, EngineError.message(e));
            GpuThread.takeStream(gpu);
            return Optional.empty();
        }
    }

    /** Records a call, and ends the recording also where the call fails. */
    static Recording captured(Runnable call, CaptureCalls calls) {
        synchronized (CAPTURING) {
            Memory graph = new Memory(OBJECT_BYTES);
            graph.clear();
            calls.construct(graph);
            calls.begin(graph);
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("The step that was to be recorded failed", e);
                end(graph, calls, e);
                calls.destroy(graph);
                graph.close();
                throw e;
            }
            end(graph, calls, null);
            return new Recording(graph, calls);
        }
    }

    private static void end(Memory graph, CaptureCalls calls, @Nullable Throwable failure) {
        if (calls.isInvalid()) {
            LOST.add(graph);
            throw new InvalidRecording(failure);
        }
        calls.end(graph);
    }

    /** Runs what must not fall into a recording of any thread. */
    static void beside(Runnable action) {
        synchronized (CAPTURING) {
            action.run();
        }
    }

    /** Repeats the call on the thread's stream. */
    void replay() {
        calls.replay(graph);
    }

    @Override
    public void close() {
        beside(() -> calls.destroy(graph));
        graph.close();
    }
}
