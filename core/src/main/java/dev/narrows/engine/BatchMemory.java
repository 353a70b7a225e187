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
 * <p>Each thread keeps its buffers for its next trial: what is allocated off the heap goes only when the collector
 * finds its owner, which a process of small trials may wait for long.
 */
final class BatchMemory {
    private static final ThreadLocal<Buffers> KEPT = ThreadLocal.withInitial(() -> new Buffers(direct(0), direct(0)));

    private final ByteBuffer images;
    private final ByteBuffer labels;
    private final dev.narrows.net.Shape shape;
    private final dev.narrows.net.Shape scores;
    private int count;
    private boolean masked;

    private record Buffers(ByteBuffer images, ByteBuffer labels) {}

    /**
     * Takes this thread's memory; its old content is lost.
     *
     * @param shape of an image
     * @param scores of an image: a mask has as many positions
     * @param largest images of the largest batch
     */
    BatchMemory(dev.narrows.net.Shape shape, dev.narrows.net.Shape scores, int largest) {
        this.shape = shape;
        this.scores = scores;
        int bytes = Math.toIntExact(Math.multiplyExact(largest * (long) Float.BYTES, shape.elements()));
        Buffers kept = KEPT.get();
        images = kept.images().capacity() >= bytes ? kept.images() : direct(bytes);
        int labelBytes = Math.toIntExact(Math.multiplyExact(largest, Math.max(Long.BYTES, scores.positions())));
        labels = kept.labels().capacity() >= labelBytes ? kept.labels() : direct(labelBytes);
        KEPT.set(new Buffers(images, labels));
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Takes the next batch; gives how many images it has, 0 at the end of the pass. */
    int fill(Batches.Pass pass) {
        masked = pass.masked();
        count = masked
                ? pass.fillMasked(images.clear().asFloatBuffer(), labels.clear(), scores.height(), scores.width())
                : pass.fill(images.clear().asFloatBuffer(), labels.clear().asLongBuffer());
        return count;
    }

    /** fp32 (N, H, W, C) on the module's device. */
    NDArray images(Module module, PtNDManager manager) {
        int bytes = Math.toIntExact(count * shape.elements() * Float.BYTES);
        return module.transfers()
                .upload(
                        manager,
                        images.duplicate().order(ByteOrder.nativeOrder()).limit(bytes),
                        new Shape(count, shape.height(), shape.width(), shape.channels()),
                        DataType.FLOAT32);
    }

    /** 64-bit integers (N), or bytes (N, H, W) of the positions that there are scores for, on the module's device. */
    NDArray labels(Module module, PtNDManager manager) {
        if (masked) {
            return module.transfers()
                    .upload(
                            manager,
                            filled(Math.toIntExact(count * scores.positions())),
                            new Shape(count, scores.height(), scores.width()),
                            DataType.UINT8);
        }
        return module.transfers().upload(manager, filled(count * Long.BYTES), new Shape(count), DataType.INT64);
    }

    private ByteBuffer filled(int bytes) {
        return labels.duplicate().order(ByteOrder.nativeOrder()).position(0).limit(bytes);
    }
}
