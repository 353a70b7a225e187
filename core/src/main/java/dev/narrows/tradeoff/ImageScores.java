package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Measure;
import dev.narrows.trial.ImageClasses;
import dev.narrows.trial.ImageCounts;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One score of a trial per validation image, whose mean is the trial's measure of quality: for the accuracy of labels 1
 * where the image is right and else 0, for every other measure that of {@link LinearisedRatios}. All that intervals
 * know of images comes from here.
 */
final class ImageScores {
    private ImageScores() {}

    /** Reason why a trial has no scores by a measure, as the end of a sentence; empty where it has them. */
    static Optional<String> missing(TrialRow row, Measure measure) {
        if (row.result().finalValidationOverlap() != null) {
            return row.result().validationCounts() == null
                    ? Optional.of(olderThan(row, "counts of its validation images"))
                    : Optional.empty();
        }
        if (row.result().validationHits() == null) {
            return Optional.of(olderThan(row, "bit a validation image"));
        }
        if (row.validationImages() == null) {
            return Optional.of("the number of validation images of trial %s is not known".formatted(row.trialId()));
        }
        return measure != Measure.VALIDATION_ACCURACY && row.result().validationClasses() == null
                ? Optional.of(olderThan(row, "classes of its validation images"))
                : Optional.empty();
    }

    private static String olderThan(TrialRow row, String what) {
        return "trial %s kept no %s, as those of older versions did not".formatted(row.trialId(), what);
    }

    /** Number of validation images; 0 where it is not known. */
    static int images(TrialRow row) {
        return Objects.requireNonNullElse(row.validationImages(), 0);
    }

    /**
     * True if two trials were evaluated on the same images. Validation images are drawn before training images, so the
     * number of training images makes no difference; other changes of the data fingerprint do.
     */
    static boolean same(TrialRow one, TrialRow other) {
        if (!set(one).equals(set(other)) || images(one) != images(other)) {
            return false;
        }
        return !one.data().equals(other.data())
                || one.dataFingerprint() == null
                || other.dataFingerprint() == null
                || one.dataFingerprint().equals(other.dataFingerprint());
    }

    private static List<Object> set(TrialRow row) {
        DataSpec data = row.data();
        return List.of(data.source(), data.validation(), data.test(), data.splitSeed(), data.preparation());
    }

    /** The score of each image of a trial that has them. */
    static double[] of(TrialRow row, Measure measure) {
        ImageCounts counts = row.result().validationCounts();
        if (counts != null) {
            return ofMasks(counts, measure);
        }
        if (measure == Measure.VALIDATION_ACCURACY) {
            double[] scores = new double[images(row)];
            addHits(row, 1, scores);
            return scores;
        }
        ImageClasses classes = Objects.requireNonNull(row.result().validationClasses());
        return ofLabels(classes.byImage(), Objects.requireNonNull(row.result().validationHits()), row.classes());
    }

    /** Adds the scores of a trial times a weight. */
    static void add(TrialRow row, Measure measure, double weight, double[] sums) {
        if (measure == Measure.VALIDATION_ACCURACY && row.result().validationCounts() == null) {
            addHits(row, weight, sums);
            return;
        }
        double[] scores = of(row, measure);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * scores[i];
        }
    }

    /** Adds a weight at each image that is right. */
    private static void addHits(TrialRow row, double weight, double[] sums) {
        BitSet hits = Objects.requireNonNull(row.result().validationHits());
        for (int i = hits.nextSetBit(0); i >= 0 && i < sums.length; i = hits.nextSetBit(i + 1)) {
            sums[i] += weight;
        }
    }

    /** Mean over trials that have scores of the score of each image. */
    static double[] mean(List<TrialRow> trials, Measure measure) {
        double[] mean = new double[images(trials.get(0))];
        for (TrialRow trial : trials) {
            add(trial, measure, 1.0 / trials.size(), mean);
        }
        return mean;
    }

    /**
     * Random variation of a variant's scores over images from seed to seed: the mean square of the residual of seeds
     * and images; 0 where one seed or a missing score does not tell it.
     */
    static double residual(List<TrialRow> trials, Measure measure) {
        if (trials.size() < 2
                || trials.stream().anyMatch(row -> missing(row, measure).isPresent())) {
            return 0;
        }
        return Math.max(
                0,
                Contrast.residual(trials.stream().map(row -> of(row, measure)).toArray(double[][]::new)));
    }

    /** Adds the term of one class of one image. */
    private interface TermOfClass {
        void add(LinearisedRatios.Terms terms, int image, int label, int shared, int truth, int found);
    }

    private static double[] ofMasks(ImageCounts counts, Measure measure) {
        // All positions count alike in the accuracy, whatever their class.
        int groups = measure == Measure.VALIDATION_ACCURACY ? 1 : counts.classes();
        TermOfClass term = Quality.choose(
                measure,
                (terms, image, label, shared, truth, found) -> terms.add(image, 0, shared, truth),
                (terms, image, label, shared, truth, found) -> terms.add(image, label, shared, truth),
                (terms, image, label, shared, truth, found) ->
                        terms.add(image, label, shared, (double) truth + found - shared),
                (terms, image, label, shared, truth, found) ->
                        terms.add(image, label, 2.0 * shared, (double) truth + found));
        return LinearisedRatios.scores(
                counts.images(),
                groups,
                terms -> counts.each(
                        (image, label, shared, truth, found) -> term.add(terms, image, label, shared, truth, found)));
    }

    /** Balanced accuracy: an image counts in the group of its class. */
    private static double[] ofLabels(int[] classes, BitSet hits, int groups) {
        return LinearisedRatios.scores(classes.length, groups, terms -> {
            for (int image = 0; image < classes.length; image++) {
                terms.add(image, classes[image], hits.get(image) ? 1 : 0, 1);
            }
        });
    }
}
