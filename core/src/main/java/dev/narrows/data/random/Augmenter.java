package dev.narrows.data.random;

import dev.narrows.data.image.DecodedImage;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.nio.LongBuffer;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random crops, flips, rotations and elastic deformations of the images of one epoch and of their masks.
 *
 * <p>Each augmentation has its own generator, so a study without flips keeps the same crops.
 */
public final class Augmenter {
    /** A term that no other outweighs. */
    private static final long OUTSIDE = -(1L << 40);

    private final Augmentation augmentation;
    private final boolean masked;
    private final UniformRandomProvider crops;
    private final UniformRandomProvider flips;
    private final UniformRandomProvider turns;
    private final Elastic elastic;
    private final int rows;
    private final int columns;
    private final int channels;
    private final LongBuffer terms;
    private final byte[][] images;
    private final byte[][] masks;
    private int down;
    private int right;
    private boolean flipped;
    private int quarters;

    /** @throws IllegalArgumentException for rotations of images that are not square */
    public Augmenter(Shape shape, boolean masked, Augmentation augmentation, long seed, int epoch) {
        if (augmentation.turn() && shape.height() != shape.width()) {
            throw new IllegalArgumentException(
                    "Cannot turn images of %s by quarters: they must be square".formatted(shape));
        }
        this.augmentation = augmentation;
        this.masked = masked;
        crops = Seeds.generator(seed, "crop", epoch);
        flips = Seeds.generator(seed, "flip", epoch);
        turns = Seeds.generator(seed, "turn", epoch);
        elastic = new Elastic(shape, augmentation.elastic(), Seeds.generator(seed, "elastic", epoch));
        rows = shape.height();
        columns = shape.width();
        channels = shape.channels();
        terms = LongBuffer.allocate(rows + columns);
        images = new byte[2][Math.toIntExact(shape.elements())];
        masks = new byte[2][masked ? rows * columns : 0];
    }

    /** Draws the augmentation of the next image and its mask. */
    public void next() {
        if (augmentation.crop() > 0) {
            int span = 2 * augmentation.crop() + 1;
            down = crops.nextInt(span) - augmentation.crop();
            right = crops.nextInt(span) - augmentation.crop();
        }
        flipped = augmentation.flip() && flips.nextBoolean();
        quarters = augmentation.turn() ? turns.nextInt(4) : 0;
        if (augmentation.elastic() > 0) {
            elastic.next();
        }
    }

    /**
     * Writes the terms of the draw's look-ups: the pixel at row y and column x is the one at row term y plus column
     * term x of all pixels, which lie row by row, and black where that sum is below 0. Elastic deformation is not among
     * them.
     *
     * @param first position of the image's first pixel
     * @param into receives a term for each row, then one for each column
     */
    public void terms(long first, LongBuffer into) {
        for (int y = 0; y < rows; y++) {
            into.put(first
                    + switch (quarters) {
                        case 0 -> row(y);
                        case 1 -> column(rows - 1 - y);
                        case 2 -> row(rows - 1 - y);
                        default -> column(y);
                    });
        }
        for (int x = 0; x < columns; x++) {
            into.put(
                    switch (quarters) {
                        case 0 -> column(x);
                        case 1 -> row(x);
                        case 2 -> column(columns - 1 - x);
                        default -> row(columns - 1 - x);
                    });
        }
    }

    private long row(int y) {
        int from = y + down;
        if (masked) {
            return (long) DecodedImage.mirrored(from, rows) * columns;
        }
        return from < 0 || from >= rows ? OUTSIDE : (long) from * columns;
    }

    private long column(int x) {
        int from = (flipped ? columns - 1 - x : x) + right;
        if (masked) {
            return DecodedImage.mirrored(from, columns);
        }
        return from < 0 || from >= columns ? OUTSIDE : from;
    }

    /**
     * Applies the draw to an image with the channel last, which stays as it is. The array given back is this object's.
     */
    public byte[] image(byte[] pixels) {
        return moved(pixels, images, channels, false);
    }

    /** Applies the draw to the image's mask, likewise. */
    public byte[] mask(byte[] classes) {
        return moved(classes, masks, 1, true);
    }

    private byte[] moved(byte[] given, byte[][] scratch, int depth, boolean nearest) {
        byte[] into = scratch[0];
        terms(0, terms.clear());
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                long from = terms.get(y) + terms.get(rows + x);
                int at = (y * columns + x) * depth;
                for (int channel = 0; channel < depth; channel++) {
                    into[at + channel] = from < 0 ? 0 : given[(int) from * depth + channel];
                }
            }
        }
        if (augmentation.elastic() > 0) {
            elastic.deform(into, scratch[1], depth, nearest);
            return scratch[1];
        }
        return into;
    }
}
