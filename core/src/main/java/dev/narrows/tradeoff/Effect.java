package dev.narrows.tradeoff;

import dev.narrows.family.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Effect of a change from one value of an axis to another, with all else of a variant equal.
 *
 * @param axis the knob's name
 * @param from its value before, a plain value of {@link Settings}
 * @param to its value after
 * @param pairs variants that differ only in this axis, with their differences in quality; where some of those are
 *     known, only these
 * @param quality mean difference over the pairs
 * @param params growth of the parameters as a factor: the geometric mean over the pairs
 * @param macs likewise of the multiply-accumulates
 */
public record Effect(
        String family,
        String axis,
        @Nullable Object from,
        @Nullable Object to,
        List<Paired> pairs,
        Difference quality,
        double params,
        double macs) {
    /** Relative difference up to which costs count as equal. */
    private static final double EQUAL = 0.05;

    public Effect {
        pairs = List.copyOf(pairs);
    }

    /** Two variants that differ only in the axis. */
    public record Paired(VariantSummary from, VariantSummary to, Difference quality) {}

    /**
     * Text such as {@code bottleneck: cardinality 4 against 1 at equal MACs: +0.90 points, 95 % interval −0.20 … +2.00:
     * not settled by 3 seeds and 1,000 images}.
     */
    public String sentence() {
        return "%s: %s %s against %s %s: %s%s"
                .formatted(family, axis, show(to), show(from), cost(), quality.words(), over());
    }

    private String cost() {
        return Math.abs(macs - 1) <= EQUAL ? "at equal MACs" : "for %s times the MACs".formatted(Amounts.factor(macs));
    }

    private String over() {
        return pairs.size() == 1 ? "" : " (mean over %d pairs of variants)".formatted(pairs.size());
    }

    /** A value as in labels. */
    public static String show(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        if (value instanceof List<?> list) {
            return String.join("-", list.stream().map(Effect::show).toList());
        }
        return value == null ? "none" : value.toString();
    }
}
