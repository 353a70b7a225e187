package dev.narrows.engine;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.study.Precision;
import dev.narrows.torch.ElementType;
import dev.narrows.trial.Place;
import java.util.Locale;

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
            // Trials are short: the compiler's profiling runs and rewrites cost more than they win.
            JniUtils.setGraphExecutorOptimize(false);
            return new Engine(threads, djl.getVersion());
        }
    }

    /** What {@code AUTO} means on this processor: bf16 only where it is native. Anything else stays as it is. */
    public Precision resolve(Precision asked) {
        return switch (asked) {
            case AUTO -> Host.computesBf16() ? Precision.BF16 : Precision.FP32;
            case FP32, BF16, FP16 -> asked;
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

    /** A manager of tensors on a device, {@code cpu} or {@code gpu:<address>}; whoever asks closes it. */
    PtNDManager manager(String device) {
        return (PtNDManager)
                ai.djl.engine.Engine.getEngine(Natives.ENGINE).newBaseManager(Device.fromName(device.replace(":", "")));
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
