package dev.narrows.data;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.narrows.data.source.BadData;
import dev.narrows.net.Shape;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Direct memory that this process may still allocate. */
final class OffHeap {
    private OffHeap() {}

    /**
     * Checks that images fit.
     *
     * @param each bytes per image with its mask
     * @throws BadData if the images do not fit; the message has the figures and the remedy
     */
    static void require(String source, Shape shape, long each, long images) {
        refuses(source, shape, each, images).ifPresent(reason -> {
            throw new BadData(reason);
        });
    }

    /** The reason why images do not fit, with the figures and the remedy; empty where they do. */
    static Optional<String> refuses(String source, Shape shape, long each, long images) {
        long bytes = Math.multiplyExact(each, images);
        long most = most();
        long used = used();
        return bytes <= most - used
                ? Optional.empty()
                : Optional.of(("Cannot hold %,d images of %s from %s: they take %,d MB off the heap, and of the"
                                + " %,d MB that this process may use there, %,d are taken; take fewer by data.train,"
                                + " or raise -XX:MaxDirectMemorySize")
                        .formatted(images, shape, source, megabytes(bytes), megabytes(most), megabytes(used)));
    }

    private static long most() {
        String option = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue();
        long given = Long.parseLong(option);
        // The default, 0, means the size of the heap.
        return given > 0 ? given : Runtime.getRuntime().maxMemory();
    }

    private static long used() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
