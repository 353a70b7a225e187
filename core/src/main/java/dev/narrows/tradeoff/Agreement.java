package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;

/**
 * Number of validation images that two trained networks classify correctly, together and each alone. It holds for these
 * trained networks and says nothing about other seeds.
 *
 * @param images of validation
 * @param reason for an unknown agreement, as the end of a sentence; empty if it is known
 */
public record Agreement(int images, int both, int firstOnly, int secondOnly, Optional<String> reason) {
    /** Agreement of two trials; unknown if they did not keep their bits, or were evaluated on other images. */
    public static Agreement of(TrialRow one, TrialRow other) {
        for (TrialRow row : new TrialRow[] {one, other}) {
            if (row.result().finalValidationAccuracy() == null) {
                return unknown("trial %s did not complete".formatted(row.trialId()));
            }
            if (row.result().finalValidationOverlap() != null) {
                return unknown("an image with a mask is neither right nor wrong as a whole");
            }
            Optional<String> missing = ImageScores.missing(row, Measure.VALIDATION_ACCURACY);
            if (missing.isPresent()) {
                return unknown(missing.get());
            }
        }
        if (!ImageScores.same(one, other)) {
            return unknown("they were judged by other images");
        }
        BitSet first = Objects.requireNonNull(one.result().validationHits());
        BitSet second = Objects.requireNonNull(other.result().validationHits());
        BitSet both = (BitSet) first.clone();
        both.and(second);
        int right = both.cardinality();
        return new Agreement(
                ImageScores.images(one),
                right,
                first.cardinality() - right,
                second.cardinality() - right,
                Optional.empty());
    }

    private static Agreement unknown(String reason) {
        return new Agreement(0, 0, 0, 0, Optional.of(reason));
    }

    /** Accuracy of the second minus that of the first, as a share. */
    public double difference() {
        return (double) (secondOnly - firstOnly) / images;
    }

    /** Interval of the difference, from the sampling of images alone. */
    public double standardError() {
        double discordant = (double) (firstOnly + secondOnly) / images;
        return Math.sqrt(Math.max(0, discordant - difference() * difference()) / images);
    }
}
