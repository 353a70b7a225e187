package dev.narrows.data;

import dev.narrows.net.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images of one size with their labels or masks, as bytes off the heap. All trials of a process share them.
 *
 * <p>The pixels lie image by image, row by row, channel last (N, H, W, C), 0 to 255; a mask has a class for each
 * position (N, H, W), or {@link #NO_CLASS}. Any number of threads may read them.
 */
public final class Samples {
    /** The value of a mask position without a class, 255 as an unsigned byte. */
    public static final byte NO_CLASS = (byte) 0xFF;

    private final Shape shape;
    private final int size;
    private final Blocks pixels;
    private final int[] labels;
    private final @Nullable Blocks masks;

    /** @throws IllegalArgumentException if the number of bytes is not the shape's times the number of labels */
    public Samples(Shape shape, ByteBuffer pixels, int[] labels) {
        this(shape, labels.length, Blocks.over(Math.toIntExact(shape.elements()), pixels), labels, null);
        if (pixels.capacity() != Math.multiplyExact(shape.elements(), (long) labels.length)) {
            throw new IllegalArgumentException(
                    "Cannot read %d bytes as %d images of %s".formatted(pixels.capacity(), labels.length, shape));
        }
    }

    private Samples(Shape shape, int size, Blocks pixels, int[] labels, @Nullable Blocks masks) {
        this.shape = shape;
        this.size = size;
        this.pixels = pixels;
        this.labels = labels.clone();
        this.masks = masks;
    }

    static Samples labelled(Shape shape, Blocks pixels, int[] labels) {
        return new Samples(shape, labels.length, pixels, labels, null);
    }

    static Samples masked(Shape shape, int size, Blocks pixels, Blocks masks) {
        return new Samples(shape, size, pixels, new int[0], masks);
    }

    /** The shape of one image (C, H, W); the bytes lie with the channel last. */
    public Shape shape() {
        return shape;
    }

    public int size() {
        return size;
    }

    /** True if images have masks instead of labels. */
    public boolean masked() {
        return masks != null;
    }

    /** @throws IndexOutOfBoundsException if images have masks */
    public int label(int index) {
        return labels[index];
    }

    /** Copies the H·W·C bytes of one image. */
    public void copy(int index, byte[] into, int at) {
        pixels.copy(index, into, at);
    }

    /**
     * Copies the H·W classes of one image's mask.
     *
     * @throws IllegalStateException if images have labels
     */
    public void copyMask(int index, byte[] into, int at) {
        if (masks == null) {
            throw new IllegalStateException("Cannot copy a mask: these images have labels");
        }
        masks.copy(index, into, at);
    }

    /** All pixels (N, H, W, C) in their order, in buffers that cannot be changed. */
    public List<ByteBuffer> pixels() {
        return pixels.buffers();
    }

    /** The classes of all masks (N, H, W), likewise; none where images have labels. */
    public List<ByteBuffer> masks() {
        return masks == null ? List.of() : masks.buffers();
    }
}
