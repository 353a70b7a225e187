package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import java.util.BitSet;
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
            if (!ValidationHits.has(row)) {
                return unknown(Certainty.withoutHits(row));
            }
        }
        if (!ValidationHits.same(one, other)) {
            return unknown("they were judged by other images");
        }
        BitSet both = (BitSet) ValidationHits.of(one).clone();
        both.and(ValidationHits.of(other));
        int right = both.cardinality();
        return new Agreement(
                ValidationHits.images(one),
                right,
                ValidationHits.of(one).cardinality() - right,
                ValidationHits.of(other).cardinality() - right,
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
