package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory off the heap for one batch, which the engine reads in place; batches follow one another in it.
 *
 * <p>Each thread keeps its buffers for its next trial: what is allocated off the heap goes only when the collector finds
 * its owner, which a process of small trials may wait for long.
 */
final class BatchMemory {
    private static final ThreadLocal<Buffers> KEPT = ThreadLocal.withInitial(() -> new Buffers(direct(0), direct(0)));

    private final ByteBuffer images;
    private final ByteBuffer labels;
    private final dev.narrows.net.Shape shape;
    private int count;

    private record Buffers(ByteBuffer images, ByteBuffer labels) {}

    /**
     * Takes this thread's memory: whatever was in it is lost.
     *
     * @param largest images of the largest batch
     */
    BatchMemory(dev.narrows.net.Shape shape, int largest) {
        this.shape = shape;
        int bytes = Math.toIntExact(Math.multiplyExact(largest * (long) Float.BYTES, shape.elements()));
        Buffers kept = KEPT.get();
        images = kept.images().capacity() >= bytes ? kept.images() : direct(bytes);
        int labelBytes = Math.multiplyExact(largest, Long.BYTES);
        labels = kept.labels().capacity() >= labelBytes ? kept.labels() : direct(labelBytes);
        KEPT.set(new Buffers(images, labels));
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Takes the next batch; gives how many images it has, 0 at the end of the pass. */
    int fill(Batches.Pass pass) {
        count = pass.fill(images.clear().asFloatBuffer(), labels.clear().asLongBuffer());
        return count;
    }

    /** fp32 (N, H, W, C). */
    NDArray images(PtNDManager manager) {
        int bytes = Math.toIntExact(count * shape.elements() * Float.BYTES);
        return manager.create(
                images.duplicate().order(ByteOrder.nativeOrder()).limit(bytes),
                new Shape(count, shape.height(), shape.width(), shape.channels()),
                DataType.FLOAT32);
    }

    /** 64-bit integers (N). */
    NDArray labels(PtNDManager manager) {
        return manager.create(
                labels.duplicate().order(ByteOrder.nativeOrder()).limit(count * Long.BYTES),
                new Shape(count),
                DataType.INT64);
    }

    long label(int index) {
        return labels.getLong(index * Long.BYTES);
    }
}
