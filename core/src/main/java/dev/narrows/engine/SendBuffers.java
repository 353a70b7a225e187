package dev.narrows.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Memory off the heap for what goes to a device, which a processor reads in place.
 *
 * <p>Each thread keeps its buffers for its next trial: what is allocated off the heap goes only when the collector
 * finds its owner, which a process of small trials may wait for long.
 */
final class SendBuffers {
    private static final ThreadLocal<Map<Use, ByteBuffer>> KEPT =
            ThreadLocal.withInitial(() -> new EnumMap<>(Use.class));

    private SendBuffers() {}

    /** Values that are sent at the same time lie in buffers of its own. */
    enum Use {
        PIXELS,
        MASKS,
        LABELS,
        TERMS
    }

    /** This thread's buffer for a use, in the machine's order of bytes; its old content is lost. */
    static ByteBuffer take(Use use, long bytes) {
        int size = Math.toIntExact(bytes);
        Map<Use, ByteBuffer> kept = KEPT.get();
        ByteBuffer buffer = kept.get(use);
        if (buffer == null || buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(size);
            kept.put(use, buffer);
        }
        return buffer.duplicate().order(ByteOrder.nativeOrder()).clear().limit(size);
    }
}
