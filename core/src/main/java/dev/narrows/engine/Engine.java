package dev.narrows.engine;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.study.Precision;
import dev.narrows.torch.ElementType;
import dev.narrows.trial.Place;
import java.util.Locale;
import java.util.Optional;

/** The native engine of this process, loaded once. */
public final class Engine {
    private static final Object LOADING = new Object();

    private final int threads;
    private final String version;

    private Engine(int threads, String version) {
        this.threads = threads;
        this.version = version;
    }

    /**
     * Loads the native library where that has not happened yet.
     *
     * @param threads inside one operation, for every trial of this process
     */
    public static Engine start(int threads) {
        synchronized (LOADING) {
            Natives.prepare();
            ai.djl.engine.Engine djl = Natives.load();
            JniUtils.setNumThreads(threads);
            // What cuDNN tries out by the clock gives other bits each time. Off is libtorch's default: said, not
            // trusted.
            JniUtils.setBenchmarkCuDNN(false);
            // Trials are short: the compiler's profiling runs and rewrites cost more than they win.
            JniUtils.setGraphExecutorOptimize(false);
            return new Engine(threads, djl.getVersion());
        }
    }

    /**
     * What {@code AUTO} means on this processor: bf16 only where it is native and faster, by the processor's vendor and
     * flags. Anything else stays as it is.
     */
    public Precision resolve(Precision asked) {
        return switch (asked) {
            case AUTO -> Host.bf16() == Bf16.FASTER ? Precision.BF16 : Precision.FP32;
            case FP32, BF16, FP16 -> asked;
        };
    }

    /** What a user should know who asked for this precision on this processor; empty where there is nothing to say. */
    public Optional<String> advice(Precision resolved) {
        if (resolved != Precision.BF16) {
            return Optional.empty();
        }
        return switch (Host.bf16()) {
            case FASTER -> Optional.empty();
            case NO_FASTER ->
                Optional.of("bf16 is not faster than fp32 on this processor (%s); precision = auto takes fp32"
                        .formatted(Host.processor()));
            case EMULATED ->
                Optional.of("bf16 will be slow: this processor (%s) does not compute it; precision = auto takes fp32"
                        .formatted(Host.processor()));
        };
    }

    /** Where this process runs, for rows. */
    public Place place(String device, Precision precision) {
        return new Place(
                Host.name(),
                Host.processor(),
                device,
                precision.name().toLowerCase(Locale.ROOT),
                threads,
                "narrows=%s;commit=%s;djl=%s;pytorch=%s;java=%s"
                        .formatted(
                                Versions.narrows(),
                                Versions.commit(),
                                ai.djl.engine.Engine.getDjlVersion(),
                                version,
                                Runtime.version()));
    }

    /**
     * A manager of tensors on a device, {@code cpu} or {@code gpu:<address>}; whoever asks closes it.
     *
     * @throws IllegalArgumentException where the engine of this process has no such device
     */
    PtNDManager manager(String device) {
        ai.djl.engine.Engine djl = ai.djl.engine.Engine.getEngine(Natives.ENGINE);
        Device place = Device.fromName(device.replace(":", ""), djl);
        if (place.isGpu() && place.getDeviceId() >= djl.getGpuCount()) {
            throw new IllegalArgumentException(
                    "Cannot compute on %s: the engine of this process sees %d GPUs (a GPU needs its own native library: see the README)"
                            .formatted(device, djl.getGpuCount()));
        }
        return (PtNDManager) djl.newBaseManager(place);
    }

    /** Gives back what the library keeps of a device's memory for later; nothing to do where there is no GPU. */
    static void release(String device) {
        if (!device.equals("cpu")) {
            JniUtils.emptyCudaCache();
        }
    }

    static ElementType elementType(Precision resolved) {
        return switch (resolved) {
            case FP32 -> ElementType.FP32;
            case BF16 -> ElementType.BF16;
            case FP16 -> ElementType.FP16;
            case AUTO -> throw new IllegalArgumentException("Cannot compute in auto: it must be resolved first");
        };
    }
}
