package dev.narrows.engine;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.util.Optional;
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
    private static final String CLASS = "_ZN2at4cuda9CUDAGraph";

    /** More than the object has in any version. */
    private static final int OBJECT_BYTES = 4096;

    /** Other threads may allocate meanwhile. */
    private static final int CAPTURE_THREAD_LOCAL = 1;

    /** One at a time, as libtorch demands. */
    private static final Object CAPTURING = new Object();

    private static volatile boolean unavailable = Boolean.getBoolean("narrows.gpu.unrecorded");

    private final Memory graph;
    private final Function replay;

    private Recording(Memory graph) {
        this.graph = graph;
        this.replay = library().getFunction(CLASS + "6replayEv");
    }

    private static NativeLibrary library() {
        return NativeLibrary.getInstance("libtorch_cuda.so");
    }

    /**
     * Records a call, which computes nothing meanwhile. The thread's stream must have nothing left to do, and the call
     * must have been made before.
     *
     * @return empty where it cannot be recorded; then the thread computes on another stream
     */
    static Optional<Recording> of(Runnable call, int gpu) {
        if (unavailable) {
            return Optional.empty();
        }
        synchronized (CAPTURING) {
            try {
                return Optional.of(captured(call));
            } catch (UnsatisfiedLinkError e) {
                unavailable = true;
                LOG.warn("Steps on GPUs are not recorded: {}", e.getMessage());
                return Optional.empty();
            } catch (RuntimeException e) {
                LOG.warn("A step on GPU {} is not recorded: {}", gpu, e.getMessage());
                // A stream whose recording failed is lost.
                GpuThread.takeStream(gpu);
                return Optional.empty();
            }
        }
    }

    private static Recording captured(Runnable call) {
        Memory graph = new Memory(OBJECT_BYTES);
        graph.clear();
        constructor().invokeVoid(new Object[] {graph, 0});
        Function begin = library().getFunction(CLASS + "13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
        Function end = library().getFunction(CLASS + "11capture_endEv");
        // A pool of memory is a pair of numbers; 0 and 0 is a new one.
        begin.invokeVoid(new Object[] {graph, 0L, 0L, CAPTURE_THREAD_LOCAL});
        call.run();
        end.invokeVoid(new Object[] {graph});
        return new Recording(graph);
    }

    /** Newer versions take an argument, for which others have no use. */
    private static Function constructor() {
        try {
            return library().getFunction(CLASS + "C1Ev");
        } catch (UnsatisfiedLinkError e) {
            return library().getFunction(CLASS + "C1Eb");
        }
    }

    /** Repeats the call on the thread's stream. */
    void replay() {
        replay.invokeVoid(new Object[] {graph});
    }

    @Override
    public void close() {
        library().getFunction(CLASS + "D1Ev").invokeVoid(new Object[] {graph});
        graph.close();
    }
}
