package dev.narrows.engine;

import dev.narrows.gpu.GpuModel;
import dev.narrows.gpu.GpuReading;
import dev.narrows.study.Precision;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuEnvironment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The machine that this process runs on; asking it loads no engine. */
public final class Host {
    /** Asked of the network once a process. */
    private static final class Name {
        private static final String NAME = read();

        private static String read() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }

    private static final GpuEnvironment UNKNOWN_GPU = new GpuEnvironment("", "", "", "", "");

    private Host() {}

    /** Name of this host in its network, or {@code localhost} if it has none. */
    public static String name() {
        return Name.NAME;
    }

    /** True where this processor computes bf16 natively and trains faster in it. */
    public static boolean hasFastBf16() {
        return Processor.here().kind().bf16() == Bf16.FASTER;
    }

    /**
     * Precision that {@code AUTO} means on this processor: bf16 only where it is native and faster, by the processor's
     * vendor and flags. Any other stays as it is.
     *
     * <p>A driver asks once for a whole study, of its own processor: on a cluster whose executors have others, trials
     * are computed in what the driver's means. Of GPUs it asks the executors ({@link StudyDevice}).
     */
    public static Precision resolve(Precision asked) {
        return switch (asked) {
            case AUTO -> Processor.here().kind().auto();
            case FP32, BF16, FP16 -> asked;
        };
    }

    /** Advice on this precision on this processor; empty where there is nothing to say. */
    public static Optional<String> advice(Precision resolved) {
        String model = Processor.here().model();
        if (resolved == Precision.FP16) {
            return Optional.of(
                    "fp16 will be slow on a processor: it is for GPUs; precision = auto takes %s on this one (%s)"
                            .formatted(resolve(Precision.AUTO).name().toLowerCase(Locale.ROOT), model));
        }
        if (resolved != Precision.BF16) {
            return Optional.empty();
        }
        return switch (Processor.here().kind().bf16()) {
            case FASTER -> Optional.empty();
            case NO_FASTER ->
                Optional.of("bf16 is not faster than fp32 on this processor (%s); precision = auto takes fp32"
                        .formatted(model));
            case EMULATED ->
                Optional.of("bf16 will be slow: this processor (%s) does not compute it; precision = auto takes fp32"
                        .formatted(model));
        };
    }

    /** This machine in the row of a trial that left nothing but a reason: whether it had an engine is not known. */
    public static Environment environment(String device, Precision precision, int threads) {
        return environment(device, precision, threads, Versions.withoutEngine());
    }

    static Environment environment(String device, Precision precision, int threads, String versions) {
        return new Environment(
                name(),
                Processor.here().model(),
                device,
                precision.name().toLowerCase(Locale.ROOT),
                threads,
                versions,
                gpu(device));
    }

    private static @Nullable GpuEnvironment gpu(String device) {
        OptionalInt number = Engine.gpuNumber(device);
        return number.isEmpty() ? null : gpu(GpuReading.of(number.getAsInt()));
    }

    /** A GPU for rows; null where nothing is known of it. */
    static @Nullable GpuEnvironment gpu(GpuReading reading) {
        GpuEnvironment gpu = new GpuEnvironment(
                reading.known().map(GpuModel::name).orElse(""),
                reading.known().map(model -> model.capability().toString()).orElse(""),
                Objects.requireNonNullElse(reading.driver(), ""),
                Objects.requireNonNullElse(reading.cuda(), ""),
                Objects.requireNonNullElse(reading.cudnn(), ""));
        return gpu.equals(UNKNOWN_GPU) ? null : gpu;
    }
}
