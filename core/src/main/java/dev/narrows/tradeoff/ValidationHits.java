package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.DataSpec;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Validation images that a trial classified correctly, and the identity of its image set. */
final class ValidationHits {
    private ValidationHits() {}

    /** True if a trial kept one bit per image and the number of images is known. */
    static boolean has(TrialRow row) {
        return row.result().validationHits() != null && row.validationImages() != null;
    }

    static int images(TrialRow row) {
        return Objects.requireNonNullElse(row.validationImages(), 0);
    }

    static BitSet of(TrialRow row) {
        return Objects.requireNonNull(row.result().validationHits());
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

    /**
     * Random variation of a trial's hits over images from seed to seed: the mean square of the residual of seeds and
     * images.
     */
    static double residual(List<TrialRow> trials) {
        if (trials.size() < 2 || !trials.stream().allMatch(ValidationHits::has)) {
            return 0;
        }
        double[][] hits = trials.stream().map(row -> weighted(row, 1)).toArray(double[][]::new);
        return Math.max(0, Contrast.residual(hits));
    }

    /** The weight at each correctly classified image, else 0. */
    static double[] weighted(TrialRow row, double weight) {
        double[] values = new double[images(row)];
        add(row, weight, values);
        return values;
    }

    /** Adds a weight at each correctly classified image. */
    static void add(TrialRow row, double weight, double[] sums) {
        BitSet hits = of(row);
        for (int i = hits.nextSetBit(0); i >= 0 && i < sums.length; i = hits.nextSetBit(i + 1)) {
            sums[i] += weight;
        }
    }

    /** Mean over trials of the hits on each image, 0 to 1; empty if a trial kept no bits. */
    static Optional<double[]> mean(List<TrialRow> trials) {
        if (trials.isEmpty() || !trials.stream().allMatch(ValidationHits::has)) {
            return Optional.empty();
        }
        double[] mean = new double[images(trials.get(0))];
        for (TrialRow trial : trials) {
            add(trial, 1.0 / trials.size(), mean);
        }
        return Optional.of(mean);
    }
}
