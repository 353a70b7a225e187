package dev.narrows.gpu;

import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that CUDA reads from the environment when it starts in this process. */
public final class CudaSettings {
    private static final Logger LOG = LoggerFactory.getLogger(CudaSettings.class);

    private CudaSettings() {}

    /**
     * Sets what decides bits and numbers of GPUs, unless the user has set it. To be called before anything of CUDA.
     *
     * <p>Matrix products add in the same order each time only where their scratch space is fixed, and Spark's discovery
     * counts GPUs as {@code nvidia-smi} does.
     */
    public static void settle() {
        setUnlessSet("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
        setUnlessSet("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    }

    /** In the environment that native libraries read, which is not the JVM's copy of it. */
    private static void setUnlessSet(String name, String value) {
        try {
            NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] {name, value, 0});
        } catch (UnsatisfiedLinkError e) {
            LOG.info("{} is not set: {}", name, e.getMessage());
        }
    }
}
