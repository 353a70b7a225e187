package dev.narrows.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Byte blocks of equal length, off the heap, in several buffers, because a Java buffer holds at most 2 GiB.
 *
 * <p>Access is by absolute position, so any number of threads may read, or write different blocks.
 */
final class Blocks {
    private static final long MOST_BYTES_PER_BUFFER = 1L << 30;

    private final int length;
    private final int perBuffer;
    private final List<ByteBuffer> buffers;

    private Blocks(int length, int perBuffer, List<ByteBuffer> buffers) {
        this.length = length;
        this.perBuffer = perBuffer;
        this.buffers = buffers;
    }

    static Blocks allocate(int length, int count) {
        int perBuffer = (int) Math.max(1, MOST_BYTES_PER_BUFFER / length);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int first = 0; first < count; first += perBuffer) {
            buffers.add(ByteBuffer.allocateDirect(Math.multiplyExact(length, Math.min(perBuffer, count - first))));
        }
        return new Blocks(length, perBuffer, buffers);
    }

    /** A read-only view of a buffer as blocks. The caller must not change the buffer afterwards. */
    static Blocks over(int length, ByteBuffer buffer) {
        return new Blocks(length, Math.max(1, buffer.capacity() / length), List.of(buffer.asReadOnlyBuffer()));
    }

    void put(int index, byte[] block) {
        buffers.get(index / perBuffer).put(index % perBuffer * length, block, 0, length);
    }

    void copy(int index, byte[] into, int at) {
        buffers.get(index / perBuffer).get(index % perBuffer * length, into, at, length);
    }

    /** All bytes in their order, in buffers that cannot be changed. */
    List<ByteBuffer> buffers() {
        return buffers.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
    }
}
