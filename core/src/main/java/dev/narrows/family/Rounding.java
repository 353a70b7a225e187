package dev.narrows.family;

/** Rounding of shares of channels to numbers of channels. */
final class Rounding {
    private Rounding() {}

    /**
     * Rounds to the nearest whole number, at least 1.
     *
     * @throws IllegalArgumentException if the result exceeds an int
     */
    static int nearest(double channels) {
        return whole(Math.rint(channels));
    }

    /** Rounds down to a whole number, at least 1. */
    static int down(double channels) {
        return whole(Math.floor(channels));
    }

    /**
     * Rounds to the nearest multiple of 8, at least 8, and at least nine tenths of the given number, as MobileNet v2
     * applies its width multiplier (Sandler et al., 2018, published code).
     */
    static int multipleOfEight(double channels) {
        int nearest = Math.max(8, whole(Math.floor((channels + 4) / 8) * 8));
        return nearest < 0.9 * channels ? exact(nearest + 8L) : nearest;
    }

    /**
     * Converts a computed number of channels.
     *
     * @throws IllegalArgumentException if the result exceeds an int
     */
    static int exact(long channels) {
        if (channels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Cannot have %d channels: at most %d".formatted(channels, Integer.MAX_VALUE));
        }
        return (int) channels;
    }

    private static int whole(double channels) {
        if (channels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Cannot have %.0f channels: at most %d".formatted(channels, Integer.MAX_VALUE));
        }
        return Math.max(1, (int) channels);
    }
}
