package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import org.HdrHistogram.Histogram;

/**
 * The same work on every host and at every moment: an fp32 product of square matrices, which fits every cache. How long
 * it takes says how fast the host is just now.
 */
final class ReferenceKernel implements AutoCloseable {
    private static final int SIDE = 256;

    /** The first half warms up: other networks have filled the caches since. */
    private static final int CALLS = 60;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final PtNDManager manager;
    private final NDArray matrix;

    ReferenceKernel(PtNDManager parent) {
        manager = (PtNDManager) parent.newSubManager();
        matrix = manager.ones(new Shape(SIDE, SIDE), DataType.FLOAT32);
    }

    /** The median of some calls now, in microseconds. */
    double micros() {
        Histogram times = new Histogram(LONGEST_NANOS, 3);
        for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            NDArray product = matrix.matMul(matrix);
            product.getFloat(0, 0);
            long nanos = System.nanoTime() - start;
            product.close();
            if (i >= CALLS / 2) {
                times.recordValue(Math.min(LONGEST_NANOS, nanos));
            }
        }
        return times.getValueAtPercentile(50) / 1e3;
    }

    @Override
    public void close() {
        manager.close();
    }
}
