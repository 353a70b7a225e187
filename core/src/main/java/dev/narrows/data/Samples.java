package dev.narrows.data;

import dev.narrows.net.Shape;
import java.nio.ByteBuffer;

/**
 * Images of one size with their labels, as bytes off the heap, which all trials of a process share.
 *
 * <p>The pixels lie image by image, row by row, channel last (N, H, W, C), 0 to 255. The buffer is only read by
 * absolute position, so any number of threads may.
 */
public final class Samples {
    private final Shape shape;
    private final ByteBuffer pixels;
    private final int[] labels;

    /** @throws IllegalArgumentException where the bytes are not as many as labels times the shape */
    public Samples(Shape shape, ByteBuffer pixels, int[] labels) {
        if (pixels.capacity() != Math.multiplyExact(shape.elements(), (long) labels.length)) {
            throw new IllegalArgumentException(
                    "Cannot read %d bytes as %d images of %s".formatted(pixels.capacity(), labels.length, shape));
        }
        this.shape = shape;
        this.pixels = pixels.asReadOnlyBuffer();
        this.labels = labels.clone();
    }

    /** The shape of one image (C, H, W); the bytes lie with the channel last. */
    public Shape shape() {
        return shape;
    }

    public int size() {
        return labels.length;
    }

    public int label(int index) {
        return labels[index];
    }

    /** Copies the H·W·C bytes of one image. */
    public void copy(int index, byte[] into, int at) {
        int length = Math.toIntExact(shape.elements());
        pixels.get(index * length, into, at, length);
    }
}
