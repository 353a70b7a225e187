package dev.narrows.tradeoff;

import java.util.Locale;
import java.util.Optional;

/**
 * The number of further seeds of each variant that would settle a difference, if the difference and the variances stay
 * as they are now.
 *
 * @param furtherSeeds 0 if it is settled; empty if no number of seeds is known to settle it
 * @param reason for an unknown number, as the end of a sentence
 */
public record Settlement(Optional<Integer> furtherSeeds, Optional<String> reason) {
    /** Largest number of further seeds that is looked for. */
    private static final int MOST = 1000;

    static final Settlement SETTLED = needing(0);

    static Settlement needing(int furtherSeeds) {
        return new Settlement(Optional.of(furtherSeeds), Optional.empty());
    }

    static Settlement unknown(String reason) {
        return new Settlement(Optional.empty(), Optional.of(reason));
    }

    /** The further seeds that one difference needs. */
    public static Settlement of(Difference difference) {
        if (difference.settled()) {
            return SETTLED;
        }
        if (difference.error().isEmpty()) {
            return unknown(difference.reason().orElse("the difference has no interval"));
        }
        ErrorParts error = difference.error().get();
        double value = difference.value();
        if (error.ofImagesAlone().around(value).holds(0)) {
            return unknown(String.format(
                    Locale.ENGLISH,
                    "more seeds alone do not settle it: %,d validation images are too few to tell %s points apart",
                    difference.images(),
                    Difference.points(Math.abs(value)).replace("+", "")));
        }
        int enough = 1;
        while (enough <= MOST && holdsZero(value, error, difference.seeds(), enough)) {
            enough *= 2;
        }
        if (enough > MOST) {
            return unknown("it would take more than %d further seeds".formatted(MOST));
        }
        // The smallest sufficient number lies above the last power of two that did not suffice.
        int tooFew = enough / 2;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            if (holdsZero(value, error, difference.seeds(), middle)) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return needing(enough);
    }

    private static boolean holdsZero(double value, ErrorParts error, int seeds, int further) {
        return error.withSeeds((double) (seeds + further) / seeds).around(value).holds(0);
    }
}
