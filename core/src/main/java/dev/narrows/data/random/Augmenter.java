package dev.narrows.data.random;

import dev.narrows.data.image.DecodedImage;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random crops, flips, rotations and elastic deformations of the images of one epoch and of their masks.
 *
 * <p>Each augmentation has its own generator, so a study without flips keeps the same crops.
 */
public final class Augmenter {
    private final Augmentation augmentation;
    private final boolean masked;
    private final UniformRandomProvider crops;
    private final UniformRandomProvider flips;
    private final UniformRandomProvider turns;
    private final Elastic elastic;
    private final int rows;
    private final int columns;
    private final int channels;
    private final byte[] imageScratch;
    private final byte[] maskScratch;
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
        imageScratch = new byte[Math.toIntExact(shape.elements())];
        maskScratch = new byte[masked ? rows * columns : 0];
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

    /** Applies the draw to an image with the channel last. It may change and return the given array. */
    public byte[] image(byte[] pixels) {
        return moved(pixels, imageScratch, channels, false);
    }

    /** Applies the draw to the image's mask, likewise. */
    public byte[] mask(byte[] classes) {
        return moved(classes, maskScratch, 1, true);
    }

    private byte[] moved(byte[] given, byte[] scratch, int depth, boolean nearest) {
        byte[] from = given;
        byte[] into = scratch;
        if (augmentation.crop() > 0) {
            if (masked) {
                mirroredShift(from, into, depth);
            } else {
                shift(from, into, depth);
            }
            byte[] kept = from;
            from = into;
            into = kept;
        }
        if (flipped) {
            mirror(from, depth);
        }
        for (int quarter = 0; quarter < quarters; quarter++) {
            turn(from, into, depth);
            byte[] kept = from;
            from = into;
            into = kept;
        }
        if (augmentation.elastic() > 0) {
            elastic.deform(from, into, depth, nearest);
            from = into;
        }
        return from;
    }

    /** Takes a window of the same size from the image padded with black. */
    private void shift(byte[] pixels, byte[] into, int depth) {
        Arrays.fill(into, (byte) 0);
        int kept = Math.max(0, columns - Math.abs(right)) * depth;
        int from = Math.max(0, right) * depth;
        int to = Math.max(0, -right) * depth;
        int stride = columns * depth;
        for (int row = Math.max(0, -down); row < rows - Math.max(0, down); row++) {
            if (kept > 0) {
                System.arraycopy(pixels, (row + down) * stride + from, into, row * stride + to, kept);
            }
        }
    }

    /** Takes a window of the same size from the image padded with its mirror image, because black has no class. */
    private void mirroredShift(byte[] pixels, byte[] into, int depth) {
        for (int y = 0; y < rows; y++) {
            int row = DecodedImage.mirrored(y + down, rows) * columns;
            for (int x = 0; x < columns; x++) {
                int from = (row + DecodedImage.mirrored(x + right, columns)) * depth;
                for (int channel = 0; channel < depth; channel++) {
                    into[(y * columns + x) * depth + channel] = pixels[from + channel];
                }
            }
        }
    }

    private void mirror(byte[] pixels, int depth) {
        int stride = columns * depth;
        for (int start = 0; start < pixels.length; start += stride) {
            int left = start;
            int last = start + stride - depth;
            while (left < last) {
                for (int channel = 0; channel < depth; channel++) {
                    byte kept = pixels[left + channel];
                    pixels[left + channel] = pixels[last + channel];
                    pixels[last + channel] = kept;
                }
                left += depth;
                last -= depth;
            }
        }
    }

    /** Rotates by 90° counter-clockwise. */
    private void turn(byte[] pixels, byte[] into, int depth) {
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int from = (x * columns + columns - 1 - y) * depth;
                for (int channel = 0; channel < depth; channel++) {
                    into[(y * columns + x) * depth + channel] = pixels[from + channel];
                }
            }
        }
    }
}
