package dev.narrows.engine;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's settings for computing on a GPU beside others: this GPU as the current one, and a stream of its own, on
 * which its gradients are computed too.
 *
 * <p>By default libtorch computes the gradients of all trials on one thread a device. DJL has no name for these
 * settings, so they are made by the library's own functions. Where they are missing, trials wait for one another, and
 * all results are the same.
 */
final class GpuThread {
    private static final Logger LOG = LoggerFactory.getLogger(GpuThread.class);

    private static final ThreadLocal<Integer> SETTLED = new ThreadLocal<>();
    private static final ThreadLocal<Stream> STREAM = new ThreadLocal<>();

    private GpuThread() {}

    /** A {@code c10::cuda::CUDAStream}: device type and number, and the stream's number. */
    @Structure.FieldOrder({"device", "id"})
    public static class Stream extends Structure implements Structure.ByValue {
        public long device;
        public long id;
    }

    /** Settles the calling thread for a GPU, where it is not yet. */
    static void settle(int gpu) {
        Integer settled = SETTLED.get();
        if (settled == null || settled != gpu) {
            settle(gpu, StreamCalls.OF_LIBTORCH);
            SETTLED.set(gpu);
        }
    }

    /** @throws IllegalStateException where the GPU cannot be made the current one */
    static void settle(int gpu, StreamCalls calls) {
        STREAM.remove();
        try {
            // A recording begins on the current GPU, whichever that of the stream is.
            int code = calls.setDevice(gpu);
            if (code != 0) {
                throw new IllegalStateException("Cannot compute on gpu:%d: CUDA error %d%s"
                        .formatted(gpu, code, code == StreamCalls.OUT_OF_MEMORY ? " (out of memory)" : ""));
            }
            STREAM.set(calls.takeStream(gpu));
            calls.keepGradients();
        } catch (UnsatisfiedLinkError e) {
            LOG.warn("Trials on GPU {} share a stream: {}", gpu, e.getMessage());
        }
    }

    /** Has the calling thread compute on another stream from here on. */
    static void takeStream(int gpu) {
        STREAM.set(StreamCalls.OF_LIBTORCH.takeStream(gpu));
    }

    /** True where the calling thread computes on a stream of its own. */
    static boolean hasStream() {
        return STREAM.get() != null;
    }

    /**
     * The CUDA stream that the calling thread computes on.
     *
     * @throws IllegalStateException where it has none of its own
     */
    static Pointer stream() {
        Stream stream = STREAM.get();
        if (stream == null) {
            throw new IllegalStateException("Cannot name the stream of this thread: it has none of its own");
        }
        return StreamCalls.OF_LIBTORCH.cudaStream(stream);
    }
}
