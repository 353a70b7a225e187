package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;

/**
 * Copies between the memory of this process and that of a device, for one loaded network.
 *
 * <p>Every copy of a trial is made here and counted: a device computes on its own, and each copy waits for everything
 * that it was given before.
 */
final class Transfers {
    private long uploads;
    private long reads;

    /** The buffer's bytes as a tensor on the manager's device; it must be direct. */
    NDArray upload(PtNDManager manager, ByteBuffer buffer, Shape shape, DataType type) {
        uploads++;
        return manager.create(buffer, shape, type);
    }

    /** Numbers as a tensor on the manager's device. */
    NDArray upload(PtNDManager manager, float[] numbers) {
        uploads++;
        return manager.create(numbers);
    }

    /** Numbers as a tensor on the manager's device. */
    NDArray upload(PtNDManager manager, double[] numbers, Shape shape) {
        uploads++;
        return manager.create(numbers, shape);
    }

    /** A scalar of 64 bits. */
    long count(NDArray scalar) {
        reads++;
        return scalar.getLong();
    }

    /** A scalar of 32 bits. */
    int integer(NDArray scalar) {
        reads++;
        return scalar.getInt();
    }

    /** A tensor of bytes. */
    byte[] bytes(NDArray tensor) {
        reads++;
        return tensor.toByteArray();
    }

    /** A tensor in fp32. */
    float[] floats(NDArray tensor) {
        reads++;
        return tensor.toFloatArray();
    }

    /** A tensor in fp64. */
    double[] doubles(NDArray tensor) {
        reads++;
        return tensor.toDoubleArray();
    }

    /** A tensor of 64-bit integers. */
    long[] longs(NDArray tensor) {
        reads++;
        return tensor.toLongArray();
    }

    /** Copies to the device so far. */
    long uploads() {
        return uploads;
    }

    /** Copies from the device so far. */
    long reads() {
        return reads;
    }
}
