package dev.narrows.data;

import dev.narrows.data.random.Augmenter;
import dev.narrows.data.random.Seeds;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.stream.IntStream;

/**
 * Batches of images: the order, crops and flips of each epoch.
 *
 * <p>They depend only on the seed and the epoch: all networks of one seed see the same batches. The last batch of an
 * epoch may be smaller than the others. A single training image left over joins the batch before it, because a batch
 * norm over one position has no variance. This rule does not depend on the network, so that networks are compared on
 * the same batches.
 */
public final class Batches {
    private final Samples samples;
    private final Augmentation augmentation;
    private final boolean shuffled;
    private final long seed;
    private final int batchSize;
    private final int images;

    private Batches(
            Samples samples, Augmentation augmentation, boolean shuffled, long seed, int batchSize, int images) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("Cannot make batches of %d images: at least 1".formatted(batchSize));
        }
        this.samples = samples;
        this.augmentation = augmentation;
        this.shuffled = shuffled;
        this.seed = seed;
        this.batchSize = batchSize;
        this.images = images;
    }

    /** Training batches, shuffled in each epoch and augmented, both from the seed. */
    public static Batches training(Samples samples, Augmentation augmentation, long seed, int batchSize) {
        return new Batches(samples, augmentation, true, seed, batchSize, samples.size());
    }

    /** Evaluation batches in the order of the split, without augmentation. */
    public static Batches evaluation(Samples samples, int batchSize) {
        return evaluation(samples, batchSize, samples.size());
    }

    /** Evaluation batches of evenly spaced images, because a split may be sorted by class. */
    public static Batches evaluation(Samples samples, int batchSize, int images) {
        if (images > samples.size()) {
            throw new IllegalArgumentException("Cannot take %d of %d images".formatted(images, samples.size()));
        }
        return new Batches(samples, new Augmentation(0, false), false, 0, batchSize, images);
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

    /** Number of images in a batch, counted from 0. */
    public int count(int batch) {
        return batch == size() - 1 ? images - batch * batchSize : batchSize;
    }

    /** Images per epoch. */
    public int images() {
        return images;
    }

    /** The images that the batches are of. */
    public Samples samples() {
        return samples;
    }

    /** True where the pixels of an image in a batch are those of the split, in other places ({@link Pass#terms}). */
    public boolean lookedUp() {
        return augmentation.elastic() == 0;
    }

    /** One pass over the images; epochs count from 1. A pass belongs to one thread. */
    public Pass epoch(int epoch) {
        return new Pass(epoch);
    }

    /** One pass over the images, from the first to the last, in one of two ways. */
    public final class Pass {
        private final int[] order;
        private final Augmenter augmenter;
        private final byte[] pixels;
        private final byte[] mask;
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
        }

        /** Writes the class of each of the next images, which stay the next ones. */
        public void labels(int count, LongBuffer into) {
            for (int i = 0; i < count; i++) {
                into.put(samples.label(order[next + i]));
            }
        }

        /**
         * Writes the terms of the look-ups of the next images in the pixels and masks of all samples.
         *
         * @param into receives N·(H + W) terms, as {@link Augmenter#terms} has them
         */
        public void terms(int count, LongBuffer into) {
            long positions = samples.shape().positions();
            for (int i = 0; i < count; i++) {
                augmenter.next();
                augmenter.terms(order[next++] * positions, into);
            }
        }

        /**
         * Writes the next images as they are in their batch.
         *
         * @param images receives N·H·W·C pixels, channel last
         * @param masks receives N·H·W classes where images have masks
         */
        public void images(int count, ByteBuffer images, ByteBuffer masks) {
            for (int i = 0; i < count; i++) {
                int index = order[next++];
                augmenter.next();
                samples.copy(index, pixels, 0);
                images.put(augmenter.image(pixels));
                if (samples.masked()) {
                    samples.copyMask(index, mask, 0);
                    masks.put(augmenter.mask(mask));
                }
            }
        }
    }
}
