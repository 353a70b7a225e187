package dev.narrows.engine;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;

/** The functions of libtorch's {@code at::cuda::CUDAGraph}. */
final class CudaGraphCalls implements CaptureCalls {
    private static final String CLASS = "_ZN2at4cuda9CUDAGraph";

    /** Other threads may allocate meanwhile. */
    private static final int CAPTURE_THREAD_LOCAL = 1;

    // driver_types.h
    private static final int SUCCESS = 0;
    private static final int CAPTURE_ACTIVE = 1;

    private final Function constructor = constructor();
    private final Function begin = member("13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
    private final Function end = member("11capture_endEv");
    private final Function replay = member("6replayEv");
    private final Function destructor = member("D1Ev");
    private final Function status = NativeLibrary.getInstance("libc10_cuda.so").getFunction("cudaStreamIsCapturing");

    /** @throws UnsatisfiedLinkError where this libtorch lacks one of them */
    CudaGraphCalls() {}

    /** Newer versions take an argument, for which others have no use. */
    private static Function constructor() {
        try {
            return member("C1Ev");
        } catch (UnsatisfiedLinkError e) {
            return member("C1Eb");
        }
    }

    private static Function member(String name) {
        return NativeLibrary.getInstance("libtorch_cuda.so").getFunction(CLASS + name);
    }

    @Override
    public void construct(Memory graph) {
        constructor.invokeVoid(new Object[] {graph, 0});
    }

    @Override
    public void begin(Memory graph) {
        // A pool of memory is a pair of numbers; 0 and 0 is a new one.
        begin.invokeVoid(new Object[] {graph, 0L, 0L, CAPTURE_THREAD_LOCAL});
    }

    @Override
    public boolean isInvalid() {
        int[] capture = new int[1];
        return status.invokeInt(new Object[] {GpuThread.stream(), capture}) != SUCCESS || capture[0] != CAPTURE_ACTIVE;
    }

    @Override
    public void end(Memory graph) {
        end.invokeVoid(new Object[] {graph});
    }

    @Override
    public void replay(Memory graph) {
        replay.invokeVoid(new Object[] {graph});
    }

    @Override
    public void destroy(Memory graph) {
        destructor.invokeVoid(new Object[] {graph});
    }
}
