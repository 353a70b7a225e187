package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory off the heap for one batch, which the engine reads in place; batches follow one another in it. */
final class BatchMemory {
    private final ByteBuffer images;
    private final ByteBuffer labels;
    private final dev.narrows.net.Shape shape;
    private int count;

    BatchMemory(Batches batches, dev.narrows.net.Shape shape) {
        this.shape = shape;
        images = direct(Math.multiplyExact(batches.batchFloats(), Float.BYTES));
        labels = direct(Math.multiplyExact(batches.batchSize(), Long.BYTES));
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
