package dev.narrows.study;

import java.util.Optional;

/** The letters by which people shorten large numbers: powers of 1,000. */
public final class Magnitude {
    private Magnitude() {}

    /** The factor of a letter; empty for another word. */
    public static Optional<Long> of(String letter) {
        return switch (letter) {
            case "k", "K" -> Optional.of(1_000L);
            case "M" -> Optional.of(1_000_000L);
            case "G" -> Optional.of(1_000_000_000L);
            default -> Optional.empty();
        };
    }
}
