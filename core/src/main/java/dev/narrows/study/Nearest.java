package dev.narrows.study;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The known word that is most like an unknown one. */
public final class Nearest {
    /**
     * Below this share of likeness a suggestion misleads: {@code depht} and {@code depths} have 0.96, {@code foo} and
     * {@code norm} 0.53.
     */
    private static final double ALIKE = 0.75;

    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Nearest() {}

    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(other -> likeness(word, other) >= ALIKE)
                .max(Comparator.comparingDouble(other -> likeness(word, other)));
    }

    /** Letters in another order, as in {@code rnu} for {@code run}, count as the word itself. */
    private static double likeness(String word, String other) {
        return Arrays.equals(letters(word), letters(other)) ? 1 : SIMILARITY.apply(word, other);
    }

    private static int[] letters(String word) {
        return word.chars().sorted().toArray();
    }

    /** The end of a message: {@code ; the nearest is depths}, or all there are. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(near -> "; the nearest is " + near)
                .orElseGet(() -> "; there are " + String.join(", ", known));
    }
}
