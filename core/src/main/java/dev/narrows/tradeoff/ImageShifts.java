package dev.narrows.tradeoff;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Shifts of the qualities of many variants in resamples of the validation images.
 *
 * <p>A shift is the sum over images of a variant's deviation at the image times the number of times that the image was
 * drawn. The terms of one shift are added in the order of the images, whatever is computed at once, so its bits depend
 * on the resample alone.
 */
final class ImageShifts {
    /** Variants and images whose deviations stay in a processor's cache while all resamples of a task read them. */
    private static final int VARIANTS_AT_ONCE = 2048;

    private static final int IMAGES_AT_ONCE = 64;

    /** Images added between a read and a write of a sum. */
    private static final int UNROLLED = 4;

    private final double[][] deviations;
    private final int variants;

    /** @param deviations by image and variant */
    ImageShifts(double[][] deviations, int variants) {
        this.deviations = deviations;
        this.variants = variants;
    }

    /** Images of one resample in ascending order, and the number of times that each was drawn. */
    private static final class Drawn {
        final int[] images;
        final double[] times;

        Drawn(UniformRandomProvider random, int of) {
            int[] counts = new int[of];
            for (int i = 0; i < of; i++) {
                counts[random.nextInt(of)]++;
            }
            int different =
                    (int) Arrays.stream(counts).filter(count -> count > 0).count();
            images = new int[different];
            times = new double[different];
            int next = 0;
            for (int i = 0; i < of; i++) {
                if (counts[i] > 0) {
                    images[next] = i;
                    times[next++] = counts[i];
                }
            }
        }

        /** Place of the first image that is not before another. */
        int from(int image) {
            int place = Arrays.binarySearch(images, image);
            return place < 0 ? -place - 1 : place;
        }
    }

    /** Shifts by resample and variant; each resample draws as many images as there are, from a generator of its own. */
    double[][] of(UniformRandomProvider[] randoms) {
        Drawn[] drawn = Arrays.stream(randoms)
                .map(random -> new Drawn(random, deviations.length))
                .toArray(Drawn[]::new);
        double[][] sums = new double[randoms.length][variants];
        for (int variant = 0; variant < variants; variant += VARIANTS_AT_ONCE) {
            int end = Math.min(variants, variant + VARIANTS_AT_ONCE);
            for (int image = 0; image < deviations.length; image += IMAGES_AT_ONCE) {
                for (int d = 0; d < drawn.length; d++) {
                    add(drawn[d], image, image + IMAGES_AT_ONCE, sums[d], variant, end);
                }
            }
        }
        return sums;
    }

    /** Adds the images of a range to the sums of a range of variants. */
    private void add(Drawn drawn, int firstImage, int lastImage, double[] sums, int from, int to) {
        int next = drawn.from(firstImage);
        int last = drawn.from(lastImage);
        for (; next + UNROLLED <= last; next += UNROLLED) {
            addFour(drawn, next, sums, from, to);
        }
        for (; next < last; next++) {
            double times = drawn.times[next];
            double[] own = deviations[drawn.images[next]];
            for (int v = from; v < to; v++) {
                sums[v] += times * own[v];
            }
        }
    }

    /** Adds four images one after the other, in a form that the compiler turns into vector instructions. */
    private void addFour(Drawn drawn, int next, double[] sums, int from, int to) {
        double times0 = drawn.times[next];
        double times1 = drawn.times[next + 1];
        double times2 = drawn.times[next + 2];
        double times3 = drawn.times[next + 3];
        double[] own0 = deviations[drawn.images[next]];
        double[] own1 = deviations[drawn.images[next + 1]];
        double[] own2 = deviations[drawn.images[next + 2]];
        double[] own3 = deviations[drawn.images[next + 3]];
        for (int v = from; v < to; v++) {
            sums[v] = sums[v] + times0 * own0[v] + times1 * own1[v] + times2 * own2[v] + times3 * own3[v];
        }
    }
}
