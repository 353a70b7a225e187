package dev.narrows.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's settings for computing on a GPU beside others: a stream of its own, on which its gradients are computed
 * too.
 *
 * <p>By default libtorch computes the gradients of all trials on one thread a device. DJL has no name for either
 * setting, so they are made by the library's own functions. Where they are missing, trials wait for one another, and
 * all results are the same.
 */
final class GpuThread {
    private static final Logger LOG = LoggerFactory.getLogger(GpuThread.class);

    /** The bit of the byte at the start of {@code AutogradState} that lets gradients be computed by other threads. */
    private static final int MULTITHREADED = 1 << 3;

    private static final ThreadLocal<Integer> SETTLED = new ThreadLocal<>();

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
            try {
                takeStream(gpu);
                Pointer state = NativeLibrary.getInstance("libc10.so")
                        .getFunction("_ZN3c1013AutogradState13get_tls_stateEv")
                        .invokePointer(new Object[0]);
                state.setByte(0, (byte) (state.getByte(0) & ~MULTITHREADED));
            } catch (UnsatisfiedLinkError e) {
                LOG.warn("Trials on GPU {} share a stream: {}", gpu, e.getMessage());
            }
            SETTLED.set(gpu);
        }
    }

    /** Has the calling thread compute on another stream from here on. */
    static void takeStream(int gpu) {
        NativeLibrary library = NativeLibrary.getInstance("libc10_cuda.so");
        Stream stream = (Stream)
                library.getFunction("_ZN3c104cuda17getStreamFromPoolEba").invoke(Stream.class, new Object[] {0, gpu});
        library.getFunction("_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE")
                .invokeVoid(new Object[] {stream});
    }
}
