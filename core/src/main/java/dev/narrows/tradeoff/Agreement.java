package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import java.util.BitSet;
import java.util.Optional;

/**
 * On how many validation images two trained networks are right, together and each alone. It speaks of these networks;
 * what another seed would have made of them it cannot know.
 *
 * @param images of validation
 * @param reason why nothing is known, as the end of a sentence; empty where it is
 */
public record Agreement(int images, int both, int firstOnly, int secondOnly, Optional<String> reason) {
    /** Of two trials; unknown where they did not keep their bits, or were judged by other images. */
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

    /** By how much the second is more accurate, as a share. */
    public double difference() {
        return (double) (secondOnly - firstOnly) / images;
    }

    /** Of the difference, from the draw of the images alone. */
    public double standardError() {
        double discordant = (double) (firstOnly + secondOnly) / images;
        return Math.sqrt(Math.max(0, discordant - difference() * difference()) / images);
    }
}
