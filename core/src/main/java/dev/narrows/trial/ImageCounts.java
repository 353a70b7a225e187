package dev.narrows.trial;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The positions of each image with a mask by class: how many belong to the class, how many the network gives to it, and
 * how many are both. Every measure of quality of a part of the data follows from their sums, and its variation between
 * images from the counts.
 *
 * <p>They are kept as bytes, because most images have few of the classes: the numbers of classes and of images, and for
 * each image the number of its classes and four numbers for each of these, which are the step from the class before it
 * (from −1 for the first), the positions that are both, those of the class alone, and those of the network alone.
 */
public final class ImageCounts implements Serializable {
    private static final long serialVersionUID = 1;

    /** Takes the counts of one class in one image. */
    public interface Visitor {
        /**
         * @param shared positions of the class that the network gives to it
         * @param truth positions of the class
         * @param found positions that the network gives to the class
         */
        void counts(int image, int label, int shared, int truth, int found);
    }

    private final byte[] bytes;
    private final int classes;
    private final int images;

    private ImageCounts(byte[] bytes) {
        this.bytes = bytes;
        Varints.Reader reader = new Varints.Reader(bytes);
        classes = reader.next();
        images = reader.next();
    }

    /**
     * The counts that were kept as bytes.
     *
     * @throws IllegalArgumentException where the bytes are not such counts
     */
    public static ImageCounts of(byte[] bytes) {
        ImageCounts counts = new ImageCounts(bytes.clone());
        counts.each((image, label, shared, truth, found) -> {});
        return counts;
    }

    /**
     * Collects the counts of images in their order.
     *
     * @param classes of the data
     */
    public static Builder builder(int classes, int images) {
        return new Builder(classes, images);
    }

    /** Counts that are being collected. */
    public static final class Builder {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final int images;
        private int added;

        private Builder(int classes, int images) {
            this.images = images;
            Varints.write(out, classes);
            Varints.write(out, images);
        }

        /**
         * Adds the next image.
         *
         * @param shared by class, positions of the class that the network gives to it
         * @param missed by class, positions of the class that the network gives to another
         * @param found by class, positions that the network gives to the class
         */
        public Builder add(int[] shared, int[] missed, int[] found) {
            int present = 0;
            for (int label = 0; label < shared.length; label++) {
                present += missed[label] + found[label] > 0 ? 1 : 0;
            }
            Varints.write(out, present);
            int before = -1;
            for (int label = 0; label < shared.length; label++) {
                if (missed[label] + found[label] > 0) {
                    Varints.write(out, label - before);
                    Varints.write(out, shared[label]);
                    Varints.write(out, missed[label]);
                    Varints.write(out, found[label] - shared[label]);
                    before = label;
                }
            }
            added++;
            return this;
        }

        /** @throws IllegalStateException where images are missing */
        public ImageCounts build() {
            if (added != images) {
                throw new IllegalStateException(
                        "Cannot keep counts of %d images: %d were added".formatted(images, added));
            }
            return new ImageCounts(out.toByteArray());
        }
    }

    public int images() {
        return images;
    }

    public int classes() {
        return classes;
    }

    /** The bytes to keep. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Visits the classes of each image that have a position there, image by image in their order. */
    public void each(Visitor visitor) {
        Varints.Reader reader = new Varints.Reader(bytes);
        reader.next();
        reader.next();
        for (int image = 0; image < images; image++) {
            int label = -1;
            for (int present = reader.next(); present > 0; present--) {
                label += reader.next();
                int shared = reader.next();
                int missed = reader.next();
                int extra = reader.next();
                if (label < 0 || label >= classes) {
                    throw new IllegalArgumentException(
                            "Cannot read counts of images: there is no class %d of %d".formatted(label, classes));
                }
                visitor.counts(image, label, shared, shared + missed, shared + extra);
            }
        }
        if (!reader.atEnd()) {
            throw new IllegalArgumentException(
                    "Cannot read counts of images: there are more than %d".formatted(images));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageCounts counts && Arrays.equals(bytes, counts.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "counts of %d images in %d classes".formatted(images, classes);
    }
}
