package dev.narrows.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** Native calls that set on which GPU, and on which stream of it, the calling thread computes. */
interface StreamCalls {
    /** The functions of libtorch. */
    StreamCalls OF_LIBTORCH = new OfLibtorch();

    /** CUDA's code for want of memory, such as for a context. */
    int OUT_OF_MEMORY = 2;

    /** Makes a GPU the current one and gives CUDA's code, which is 0 where that succeeded. */
    int setDevice(int gpu);

    /** Takes a stream of a GPU's pool as the current one. */
    GpuThread.Stream takeStream(int gpu);

    /** Has gradients computed on the thread that asks for them. */
    void keepGradients();

    /** The stream as CUDA itself knows it. */
    Pointer cudaStream(GpuThread.Stream stream);

    /**
     * Functions that libtorch exports.
     *
     * @see GpuThread
     */
    final class OfLibtorch implements StreamCalls {
        /** The bit of the byte at the start of {@code AutogradState} that lets gradients be computed by others. */
        private static final int MULTITHREADED = 1 << 3;

        private static Function cuda(String name) {
            return NativeLibrary.getInstance("libc10_cuda.so").getFunction(name);
        }

        @Override
        public int setDevice(int gpu) {
            return cuda("_ZN3c104cuda9SetDeviceEa").invokeInt(new Object[] {(byte) gpu});
        }

        @Override
        public GpuThread.Stream takeStream(int gpu) {
            GpuThread.Stream stream = (GpuThread.Stream)
                    cuda("_ZN3c104cuda17getStreamFromPoolEba").invoke(GpuThread.Stream.class, new Object[] {0, gpu});
            cuda("_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE").invokeVoid(new Object[] {stream});
            return stream;
        }

        @Override
        public void keepGradients() {
            Pointer state = NativeLibrary.getInstance("libc10.so")
                    .getFunction("_ZN3c1013AutogradState13get_tls_stateEv")
                    .invokePointer(new Object[0]);
            state.setByte(0, (byte) (state.getByte(0) & ~MULTITHREADED));
        }

        @Override
        public Pointer cudaStream(GpuThread.Stream stream) {
            return cuda("_ZNK3c104cuda10CUDAStream6streamEv").invokePointer(new Object[] {stream.getPointer()});
        }
    }
}
