package dev.narrows.data;

import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random crops and flips of the images of one epoch, one after another.
 *
 * <p>Each draws from a generator of its own, so that a study that turns flips off keeps its crops.
 */
final class Augmenter {
    private final Augmentation augmentation;
    private final UniformRandomProvider crops;
    private final UniformRandomProvider flips;
    private final int rows;
    private final int columns;
    private final int channels;
    private final byte[] cropped;

    Augmenter(Shape shape, Augmentation augmentation, long seed, int epoch) {
        this.augmentation = augmentation;
        crops = Seeds.generator(seed, "crop", epoch);
        flips = Seeds.generator(seed, "flip", epoch);
        rows = shape.height();
        columns = shape.width();
        channels = shape.channels();
        cropped = new byte[Math.toIntExact(shape.elements())];
    }

    /** The next image, channel last; the array given may be changed, and the one returned belongs to this object. */
    byte[] apply(byte[] pixels) {
        byte[] image = pixels;
        if (augmentation.crop() > 0) {
            int span = 2 * augmentation.crop() + 1;
            image = shifted(
                    image, crops.nextInt(span) - augmentation.crop(), crops.nextInt(span) - augmentation.crop());
        }
        if (augmentation.flip() && flips.nextBoolean()) {
            mirror(image);
        }
        return image;
    }

    /** A window of the old size, moved over an image that black surrounds. */
    private byte[] shifted(byte[] pixels, int down, int right) {
        Arrays.fill(cropped, (byte) 0);
        int kept = Math.max(0, columns - Math.abs(right)) * channels;
        int from = Math.max(0, right) * channels;
        int to = Math.max(0, -right) * channels;
        int stride = columns * channels;
        for (int row = Math.max(0, -down); row < rows - Math.max(0, down); row++) {
            if (kept > 0) {
                System.arraycopy(pixels, (row + down) * stride + from, cropped, row * stride + to, kept);
            }
        }
        return cropped;
    }

    private void mirror(byte[] pixels) {
        int stride = columns * channels;
        for (int start = 0; start < pixels.length; start += stride) {
            int left = start;
            int right = start + stride - channels;
            while (left < right) {
                for (int channel = 0; channel < channels; channel++) {
                    byte kept = pixels[left + channel];
                    pixels[left + channel] = pixels[right + channel];
                    pixels[right + channel] = kept;
                }
                left += channels;
                right -= channels;
            }
        }
    }
}
