package dev.narrows.data;

import dev.narrows.net.Shape;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Images of one size with their labels, as bytes off the heap, which all trials of a process share.
 *
 * <p>The pixels lie image by image, row by row, channel last (N, H, W, C), 0 to 255. They are only read by absolute
 * position, so any number of threads may.
 */
public final class Samples {
    private final Shape shape;
    private final int length;
    private final int imagesPerBuffer;
    private final List<ByteBuffer> pixels;
    private final int[] labels;

    /** @throws IllegalArgumentException where the bytes are not as many as labels times the shape */
    public Samples(Shape shape, ByteBuffer pixels, int[] labels) {
        this(shape, labels.length, List.of(pixels), labels);
    }

    /**
     * Images in several buffers, for no buffer of Java holds more than 2 GiB.
     *
     * @param imagesPerBuffer how many images each buffer holds, but for the last
     */
    Samples(Shape shape, int imagesPerBuffer, List<ByteBuffer> pixels, int[] labels) {
        long bytes = pixels.stream().mapToLong(ByteBuffer::capacity).sum();
        if (bytes != Math.multiplyExact(shape.elements(), (long) labels.length)) {
            throw new IllegalArgumentException(
                    "Cannot read %d bytes as %d images of %s".formatted(bytes, labels.length, shape));
        }
        this.shape = shape;
        this.length = Math.toIntExact(shape.elements());
        this.imagesPerBuffer = Math.max(1, imagesPerBuffer);
        this.pixels = pixels.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
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
        pixels.get(index / imagesPerBuffer).get(index % imagesPerBuffer * length, into, at, length);
    }
}
