package dev.narrows.data;

import dev.narrows.data.random.Augmenter;
import dev.narrows.data.random.Seeds;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.stream.IntStream;

/**
 * Batches of normalised images, written into the caller's memory.
 *
 * <p>Order, crops and flips of an epoch depend only on the seed and the epoch: all networks of one seed see the same
 * batches. The last batch of an epoch may be smaller than the others. A single training image left over joins the batch
 * before it, because a batch norm over one position has no variance. This rule does not depend on the network, so that
 * networks are compared on the same batches.
 */
public final class Batches {
    private final Samples samples;
    private final Normalisation normalisation;
    private final Augmentation augmentation;
    private final boolean shuffled;
    private final long seed;
    private final int batchSize;
    private final int images;

    private Batches(
            Samples samples,
            Normalisation normalisation,
            Augmentation augmentation,
            boolean shuffled,
            long seed,
            int batchSize,
            int images) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("Cannot make batches of %d images: at least 1".formatted(batchSize));
        }
        if (normalisation.channels() != samples.shape().channels()) {
            throw new IllegalArgumentException("Cannot normalise images of %s by figures of %d channels"
                    .formatted(samples.shape(), normalisation.channels()));
        }
        this.samples = samples;
        this.normalisation = normalisation;
        this.augmentation = augmentation;
        this.shuffled = shuffled;
        this.seed = seed;
        this.batchSize = batchSize;
        this.images = images;
    }

    /** Training batches, shuffled in each epoch and augmented, both from the seed. */
    public static Batches training(
            Samples samples, Normalisation normalisation, Augmentation augmentation, long seed, int batchSize) {
        return new Batches(samples, normalisation, augmentation, true, seed, batchSize, samples.size());
    }

    /** Evaluation batches in the order of the split, without augmentation. */
    public static Batches evaluation(Samples samples, Normalisation normalisation, int batchSize) {
        return evaluation(samples, normalisation, batchSize, samples.size());
    }

    /** Evaluation batches of evenly spaced images, because a split may be sorted by class. */
    public static Batches evaluation(Samples samples, Normalisation normalisation, int batchSize, int images) {
        if (images > samples.size()) {
            throw new IllegalArgumentException("Cannot take %d of %d images".formatted(images, samples.size()));
        }
        return new Batches(samples, normalisation, new Augmentation(0, false), false, 0, batchSize, images);
    }

    /** Batches per epoch. */
    public int size() {
        long up = ((long) images + batchSize - 1) / batchSize;
        return (int) (oneIsLeft() ? up - 1 : up);
    }

    /** True if a training epoch would end with a batch of a single image, after at least one other batch. */
    private boolean oneIsLeft() {
        return shuffled && batchSize > 1 && images > batchSize && images % batchSize == 1;
    }

    /** Number of images in the largest batch. */
    public int largest() {
        return Math.min(images, oneIsLeft() ? batchSize + 1 : batchSize);
    }

    /** Images per epoch. */
    public int images() {
        return images;
    }

    /** Floats that the image buffer of {@link Pass#fill} must hold: N·H·W·C of the largest batch. */
    public int batchFloats() {
        return Math.multiplyExact(largest(), Math.toIntExact(samples.shape().elements()));
    }

    /** True if images have masks; {@link Pass#fillMasked} then writes them. */
    public boolean masked() {
        return samples.masked();
    }

    /** One pass over the images; epochs count from 1. A pass belongs to one thread. */
    public Pass epoch(int epoch) {
        return new Pass(epoch);
    }

    /** One pass over the images, batch after batch. */
    public final class Pass {
        private final int[] order;
        private final Augmenter augmenter;
        private final byte[] pixels;
        private final byte[] mask;
        private final float[] numbers;
        private int next;

        private Pass(int epoch) {
            order = IntStream.range(0, images)
                    .map(i -> (int) ((long) i * samples.size() / images))
                    .toArray();
            if (shuffled) {
                Seeds.shuffle(Seeds.generator(seed, "order", epoch), order);
            }
            Shape shape = samples.shape();
            augmenter = new Augmenter(shape, samples.masked(), augmentation, seed, epoch);
            pixels = new byte[Math.toIntExact(shape.elements())];
            mask = new byte[samples.masked() ? Math.toIntExact(shape.positions()) : 0];
            numbers = new float[pixels.length];
        }

        /**
         * Writes the next batch from the start of both buffers and flips them for reading.
         *
         * @param images receives N·H·W·C normalised pixels, channel last
         * @param labels receives N class indices
         * @return N, the number of images in this batch, or 0 at the end of the pass
         */
        public int fill(FloatBuffer images, LongBuffer labels) {
            int count = next();
            images.clear();
            labels.clear();
            for (int i = 0; i < count; i++) {
                int index = order[next + i];
                put(index, images);
                labels.put(samples.label(index));
            }
            next += count;
            images.flip();
            labels.flip();
            return count;
        }

        /** Number of images in the next batch. */
        private int next() {
            int left = order.length - next;
            return oneIsLeft() && left == batchSize + 1 ? left : Math.min(batchSize, left);
        }

        /** True if images have masks; {@link #fillMasked} then writes them. */
        public boolean masked() {
            return samples.masked();
        }

        private void put(int index, FloatBuffer images) {
            augmenter.next();
            samples.copy(index, pixels, 0);
            normalisation.apply(augmenter.image(pixels), numbers);
            images.put(numbers);
        }

        /**
         * Writes the next batch of images with masks from the start of both buffers and flips them for reading.
         *
         * @param images receives N·H·W·C normalised pixels, channel last
         * @param masks receives the classes of the centre of each of the N masks
         * @param height of that centre, at most the images'
         * @param width of that centre, at most the images'
         * @return N, the number of images in this batch, or 0 at the end of the pass
         */
        public int fillMasked(FloatBuffer images, ByteBuffer masks, int height, int width) {
            int count = next();
            images.clear();
            masks.clear();
            Shape shape = samples.shape();
            int top = (shape.height() - height) / 2;
            int left = (shape.width() - width) / 2;
            for (int i = 0; i < count; i++) {
                int index = order[next + i];
                put(index, images);
                samples.copyMask(index, mask, 0);
                byte[] moved = augmenter.mask(mask);
                for (int row = top; row < top + height; row++) {
                    masks.put(moved, row * shape.width() + left, width);
                }
            }
            next += count;
            images.flip();
            masks.flip();
            return count;
        }
    }
}
