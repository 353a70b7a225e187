package dev.narrows.gpu;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as NVIDIA's libraries encode them, in the form that people write. */
final class CudaVersions {
    /** From this number on, cuDNN writes two digits each for the second and third part of its version. */
    private static final long CUDNN_9 = 90_000;

    private static final Pattern DRIVER = Pattern.compile("\\b\\d{3,}\\.\\d+(\\.\\d+)?\\b");

    private CudaVersions() {}

    /** CUDA's 12060 is 12.6. */
    static String cuda(int version) {
        return "%d.%d".formatted(version / 1000, version % 1000 / 10);
    }

    /** cuDNN's 90501 is 9.5.1, and 8902 is 8.9.2. */
    static String cudnn(long version) {
        long major = version < CUDNN_9 ? 1000 : 10_000;
        return "%d.%d.%d".formatted(version / major, version % major / 100, version % 100);
    }

    /** The driver's version in the first line of {@code /proc/driver/nvidia/version}. */
    static Optional<String> driver(String line) {
        Matcher version = DRIVER.matcher(line);
        return version.find() ? Optional.of(version.group()) : Optional.empty();
    }
}
