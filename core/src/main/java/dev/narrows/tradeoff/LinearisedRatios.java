package dev.narrows.tradeoff;

import java.util.Arrays;

/**
 * One score per image for the mean over groups of ratios of sums over images, such as a mean over classes of
 * intersection over union.
 *
 * <p>With n(i, c) and d(i, c) that image i adds to the numerator and the denominator of group c, N(c) and D(c) their
 * sums over m images, and R(c) = N(c) / D(c), the measure is the mean of R over the K groups with D(c) > 0. The score
 * of an image is the measure plus (m / K) Σ (n(i, c) − R(c) d(i, c)) / D(c), the sum over these groups. It is the
 * linearised variable of a ratio by Taylor's formula (Woodruff, 1971), which is also its influence function. The mean
 * of the scores is the measure. In a resample of the images, the mean of the drawn scores differs from the measure of
 * the drawn images by terms of second order in the sums.
 *
 * <p>Groups that occur in no image do not count; those that do are taken as given, also where a resample would draw
 * none of their images.
 */
final class LinearisedRatios {
    private final int images;
    private final double[] numerators;
    private final double[] denominators;
    private int present;
    private double measure;

    /** Takes what one image adds to one group. */
    interface Terms {
        void add(int image, int group, double numerator, double denominator);
    }

    /** Gives all terms, the same each time. */
    interface Source {
        void giveTo(Terms terms);
    }

    private LinearisedRatios(int images, int groups, Source source) {
        this.images = images;
        numerators = new double[groups];
        denominators = new double[groups];
        source.giveTo((image, group, numerator, denominator) -> {
            numerators[group] += numerator;
            denominators[group] += denominator;
        });
        for (int group = 0; group < groups; group++) {
            if (denominators[group] > 0) {
                measure += numerators[group] / denominators[group];
                present++;
            }
        }
        measure /= present;
    }

    /** The score of each image; NaN where no group occurs. */
    static double[] scores(int images, int groups, Source source) {
        return new LinearisedRatios(images, groups, source).scores(source);
    }

    private double[] scores(Source source) {
        double[] scores = new double[images];
        Arrays.fill(scores, measure);
        source.giveTo((image, group, numerator, denominator) -> {
            double all = denominators[group];
            if (all > 0) {
                double expected = numerators[group] / all * denominator;
                scores[image] += images * (numerator - expected) / (present * all);
            }
        });
        return scores;
    }
}
