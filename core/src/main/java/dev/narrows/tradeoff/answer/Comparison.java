package dev.narrows.tradeoff.answer;

import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.Settlement;
import dev.narrows.tradeoff.answer.Sentence.Standing;

/**
 * Figures of a sentence that compares.
 *
 * @param subject family and knob, or {@code families}
 * @param of value or family that is compared
 * @param against value or family that it is compared with
 * @param quality mean difference over the pairs
 * @param pairs of variants
 * @param params growth of the parameters as a factor, the geometric mean over the pairs
 * @param macs likewise of the multiply-accumulates
 */
public record Comparison(
        String subject, String of, String against, Difference quality, int pairs, double params, double macs) {
    /** Further seeds that would settle it. */
    public Settlement settlement() {
        return Settlement.of(quality);
    }

    /** Certainty of the difference. */
    public Standing standing() {
        return quality.interval().isEmpty() ? Standing.UNKNOWN : quality.settled() ? Standing.SETTLED : Standing.OPEN;
    }
}
