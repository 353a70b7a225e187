package dev.narrows.family;

/** How a share of channels becomes a number of channels. */
final class Rounding {
    private Rounding() {}

    /**
     * The nearest whole number, at least 1.
     *
     * @throws IllegalArgumentException where it is more than an int holds
     */
    static int nearest(double channels) {
        return whole(Math.rint(channels));
    }

    /** The next whole number below, at least 1. */
    static int down(double channels) {
        return whole(Math.floor(channels));
    }

    /**
     * The nearest multiple of 8, at least 8, and never less than nine tenths of what was asked for: how MobileNet v2
     * applies its width multiplier (Sandler et al., 2018, in their published code).
     */
    static int multipleOfEight(double channels) {
        int nearest = Math.max(8, whole(Math.floor((channels + 4) / 8) * 8));
        return nearest < 0.9 * channels ? exact(nearest + 8L) : nearest;
    }

    /**
     * A number of channels that was worked out.
     *
     * @throws IllegalArgumentException where it is more than an int holds
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
