package dev.narrows.engine;

import dev.narrows.study.Precision;
import dev.narrows.trial.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The machine that this process runs on; asking it loads no engine. */
public final class Host {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Host() {}

    /** As the network knows it, or {@code localhost} where it has no name. */
    public static String name() {
        return KNOWN.computeIfAbsent("host", key -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        });
    }

    /** The processor's model, or its architecture where the system does not tell. */
    static String processor() {
        return KNOWN.computeIfAbsent("processor", key -> field("model name", System.getProperty("os.arch")));
    }

    /** How this processor computes bf16. */
    static Bf16 bf16() {
        return Bf16.of(field("vendor_id", ""), flags());
    }

    /**
     * Whether bf16 is faster in oneDNN's own layout: where AVX-512 computes it. With AMX the library has other kernels, and
     * which layout they like has not been measured.
     */
    static boolean hasFastBlocks() {
        List<String> flags = flags();
        return flags.contains("avx512_bf16") && !flags.contains("amx_bf16");
    }

    /** Asked for by every trial, and /proc/cpuinfo takes the system a while where there are many cores. */
    private static List<String> flags() {
        String flags = KNOWN.computeIfAbsent("flags", key -> field("flags", field("Features", "")));
        return Arrays.asList(flags.split(" "));
    }

    /**
     * What {@code AUTO} means on this processor: bf16 only where it is native and faster, by the processor's vendor and
     * flags. Anything else stays as it is.
     *
     * <p>A driver asks once for a whole study, of its own processor: on a cluster whose executors have others, trials are
     * computed in what the driver's means.
     */
    public static Precision resolve(Precision asked) {
        return switch (asked) {
            case AUTO -> bf16() == Bf16.FASTER ? Precision.BF16 : Precision.FP32;
            case FP32, BF16, FP16 -> asked;
        };
    }

    /** What a user should know who asked for this precision on this processor; empty where there is nothing to say. */
    public static Optional<String> advice(Precision resolved) {
        if (resolved == Precision.FP16) {
            return Optional.of(
                    "fp16 will be slow on a processor: it is for GPUs; precision = auto takes %s on this one (%s)"
                            .formatted(resolve(Precision.AUTO).name().toLowerCase(Locale.ROOT), processor()));
        }
        if (resolved != Precision.BF16) {
            return Optional.empty();
        }
        return switch (bf16()) {
            case FASTER -> Optional.empty();
            case NO_FASTER ->
                Optional.of("bf16 is not faster than fp32 on this processor (%s); precision = auto takes fp32"
                        .formatted(processor()));
            case EMULATED ->
                Optional.of("bf16 will be slow: this processor (%s) does not compute it; precision = auto takes fp32"
                        .formatted(processor()));
        };
    }

    /** This machine in the row of a trial that left nothing but a reason: whether it had an engine is not known. */
    public static Place place(String device, Precision precision, int threads) {
        return place(device, precision, threads, Versions.withoutEngine());
    }

    static Place place(String device, Precision precision, int threads, String versions) {
        return new Place(name(), processor(), device, precision.name().toLowerCase(Locale.ROOT), threads, versions);
    }

    private static String field(String name, String otherwise) {
        try {
            return Files.readAllLines(CPUINFO).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
