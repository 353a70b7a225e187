package dev.narrows.engine;

import ai.djl.Device;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.gpu.CudaDriver;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.study.Precision;
import dev.narrows.trial.Environment;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The native engine of this process, loaded once. */
public final class Engine {
    private static final Object LOADING = new Object();
    private static final String CPU = "cpu";
    private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,4})");

    private final int threads;
    private final String version;

    private Engine(int threads, String version) {
        this.threads = threads;
        this.version = version;
    }

    /**
     * Loads the native library where that has not happened yet. To be called on each thread that computes: libtorch
     * keeps a setting of its compiler for each thread.
     *
     * @param threads inside one operation, for every trial of this process
     */
    public static Engine start(int threads) {
        synchronized (LOADING) {
            // Scripts are written by formats, and libtorch reads no digits of other alphabets.
            Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
            Natives.prepare();
            ai.djl.engine.Engine djl = Natives.load();
            JniUtils.setNumThreads(threads);
            // What cuDNN tries out by the clock gives other bits each time. Off is libtorch's default: said, not
            // trusted.
            JniUtils.setBenchmarkCuDNN(false);
            Switches.settle(gpus(djl) > 0);
            // Trials are short: the compiler's profiling runs and rewrites cost more than they win. Its backward pass
            // of
            // a ReLU6, in five operations, alone makes an inverted bottleneck's step 1.75 times as long.
            JniUtils.setGraphExecutorOptimize(false);
            return new Engine(threads, djl.getVersion());
        }
    }

    /** Of the native library. */
    public String version() {
        return version;
    }

    /** Number of GPUs that the native library sees. */
    public int gpus() {
        return gpus(ai.djl.engine.Engine.getEngine(Natives.ENGINE));
    }

    /**
     * DJL's own count opens a library by the name that only CUDA's toolkit has, {@code libcudart.so}. So the driver is
     * asked, where libtorch itself has found a GPU that it can use.
     */
    private static int gpus(ai.djl.engine.Engine djl) {
        return djl.hasCapability(StandardCapabilities.CUDA) ? CudaDriver.count() : 0;
    }

    /** Environment of this process, for rows. */
    public Environment environment(String device, Precision precision) {
        String versions = Versions.withEngine(version);
        return Host.environment(
                device, precision, threads, device.equals(CPU) ? versions : versions + ";" + Switches.text());
    }

    /**
     * A manager of tensors on a device, {@code cpu} or {@code gpu:<address>}; the caller closes it.
     *
     * @throws IllegalArgumentException where the engine of this process has no such device
     */
    PtNDManager manager(String device) {
        ai.djl.engine.Engine djl = ai.djl.engine.Engine.getEngine(Natives.ENGINE);
        return (PtNDManager) djl.newBaseManager(device(device, gpus(djl)));
    }

    /**
     * The device of an address as Spark gives it.
     *
     * @param gpus that the engine of this process sees
     * @throws IllegalArgumentException where there is no such device
     */
    static Device device(String name, int gpus) {
        if (name.equals(CPU)) {
            return Device.cpu();
        }
        Matcher gpu = GPU.matcher(name);
        if (!gpu.matches()) {
            throw new IllegalArgumentException(
                    ("Cannot compute on %s: a device is cpu, or gpu: and the number that CUDA gives a GPU"
                                    + " (a discovery script must print numbers)")
                            .formatted(name));
        }
        int number = Integer.parseInt(gpu.group(1));
        if (gpus == 0) {
            throw new IllegalArgumentException(
                    ("Cannot compute on %s: the engine of this process has no CUDA, or finds no GPU"
                                    + " (docs/gpu.md says how to give it both)")
                            .formatted(name));
        }
        if (number >= gpus) {
            throw new IllegalArgumentException(
                    "Cannot compute on %s: the engine of this process sees %d GPUs, from gpu:0 to gpu:%d"
                            .formatted(name, gpus, gpus - 1));
        }
        return Device.gpu(number);
    }

    /** The number of a GPU; empty for a processor, and for an address that is no number. */
    static OptionalInt gpuNumber(String device) {
        Matcher gpu = GPU.matcher(device);
        return gpu.matches() ? OptionalInt.of(Integer.parseInt(gpu.group(1))) : OptionalInt.empty();
    }

    /** Gives back what the library keeps for later of the memory of all GPUs of this process. */
    static void emptyGpuCache() {
        JniUtils.emptyCudaCache();
    }

    static ElementType elementType(Precision resolved) {
        return switch (resolved) {
            case FP32 -> ElementType.FP32;
            case BF16 -> ElementType.BF16;
            case FP16 -> ElementType.FP16;
            case AUTO -> throw new IllegalArgumentException("Cannot compute in auto: it must be resolved first");
        };
    }

    /** Form to train in on a device of this process, for the networks that suit it. */
    static Form form(String device, Precision resolved) {
        return device.equals(CPU) ? Processor.here().kind().form(resolved) : Form.GPU_CHANNELS_LAST;
    }
}
