package dev.narrows.data;

import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.stream.IntStream;

/**
 * The batches of images that a network sees, normalised, in memory of the caller.
 *
 * <p>Order, crops and flips of an epoch depend on the seed and the epoch alone: networks of one seed see the same
 * batches. The last batch of an epoch may be smaller than the others. Where a single image would be left for it in
 * training, that image joins the batch before, whatever the network: a batch norm over one position has no variance to
 * divide by, and networks are compared on the same batches.
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

    /** Shuffled anew each epoch and augmented, both by the seed. */
    public static Batches training(
            Samples samples, Normalisation normalisation, Augmentation augmentation, long seed, int batchSize) {
        return new Batches(samples, normalisation, augmentation, true, seed, batchSize, samples.size());
    }

    /** In the order of the split, as they are. */
    public static Batches evaluation(Samples samples, Normalisation normalisation, int batchSize) {
        return evaluation(samples, normalisation, batchSize, samples.size());
    }

    /** So many of the images, as far apart as the split has them: a split may be sorted by class. */
    public static Batches evaluation(Samples samples, Normalisation normalisation, int batchSize, int images) {
        if (images > samples.size()) {
            throw new IllegalArgumentException("Cannot take %d of %d images".formatted(images, samples.size()));
        }
        return new Batches(samples, normalisation, new Augmentation(0, false), false, 0, batchSize, images);
    }

    /** How many batches an epoch has. */
    public int size() {
        long up = ((long) images + batchSize - 1) / batchSize;
        return (int) (oneIsLeft() ? up - 1 : up);
    }

    /** Whether the last batch of training would be a single image, with another before it. */
    private boolean oneIsLeft() {
        return shuffled && batchSize > 1 && images > batchSize && images % batchSize == 1;
    }

    /** Images of the largest batch. */
    public int largest() {
        return Math.min(images, oneIsLeft() ? batchSize + 1 : batchSize);
    }

    /** How many images an epoch has. */
    public int images() {
        return images;
    }

    /** How many floats and labels the buffers of {@link Pass#fill} must hold: the first is N·H·W·C. */
    public int batchFloats() {
        return Math.multiplyExact(largest(), Math.toIntExact(samples.shape().elements()));
    }

    /** Whether images have masks: then {@link Pass#fillMasked} gives them. */
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
         * Writes the next batch from the start of both buffers and leaves each flipped to be read.
         *
         * @param images gets N·H·W·C normalised pixels, channel last
         * @param labels gets N class indices
         * @return N, the images of this batch, or 0 where the pass is over
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

        /** Images of the next batch. */
        private int next() {
            int left = order.length - next;
            return oneIsLeft() && left == batchSize + 1 ? left : Math.min(batchSize, left);
        }

        /** Whether images have masks: then {@link #fillMasked} gives them. */
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
         * Writes the next batch of images with masks from the start of both buffers and leaves each flipped to be read.
         *
         * @param images gets N·H·W·C normalised pixels, channel last
         * @param masks gets N times the classes of the middle of each mask
         * @param height of that middle, at most the images'
         * @param width of that middle, at most the images'
         * @return N, the images of this batch, or 0 where the pass is over
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
