package dev.narrows.tradeoff.answer;

import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Amounts;
import dev.narrows.tradeoff.Difference;
import dev.narrows.tradeoff.ErrorParts;
import dev.narrows.tradeoff.Settlement;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import java.util.Locale;

/** Parts of sentences about a comparison. */
final class Phrases {
    /** Relative difference up to which costs count as equal. */
    static final double EQUAL = 0.05;

    private static final double NORMAL = 1.96;

    private Phrases() {}

    /** {@code 4 is better than 1}, {@code 4 against 1}. */
    static String verdict(Comparison comparison) {
        String between = !comparison.quality().settled()
                ? " against "
                : comparison.quality().value() > 0 ? " is better than " : " is worse than ";
        return comparison.of() + between + comparison.against();
    }

    /** {@code +1.20 points of validation accuracy (95 % interval +0.30 … +2.10, 3 pairs of variants)}. */
    static String figures(Comparison comparison, Measure quality) {
        Difference difference = comparison.quality();
        return "%s points of %s (%s, %s)"
                .formatted(
                        Difference.points(difference.value()),
                        quality.label(),
                        difference
                                .interval()
                                .map(known -> "95 %% interval %s … %s"
                                        .formatted(Difference.points(known.low()), Difference.points(known.high())))
                                .orElse("no interval"),
                        comparison.pairs() == 1
                                ? "1 pair of variants"
                                : "%,d pairs of variants".formatted(comparison.pairs()));
    }

    static boolean isEqual(double factor) {
        return Math.abs(factor - 1) <= EQUAL;
    }

    /** {@code at equal params and MACs}, {@code for 1.95 times the params and 2.00 times the MACs}. */
    static String costs(double params, double macs) {
        if (isEqual(params) && isEqual(macs)) {
            return "at equal params and MACs";
        }
        if (isEqual(macs)) {
            return "at equal MACs and %s times the params".formatted(Amounts.factor(params));
        }
        if (isEqual(params)) {
            return "at equal params and %s times the MACs".formatted(Amounts.factor(macs));
        }
        return "for %s times the params and %s times the MACs".formatted(Amounts.factor(params), Amounts.factor(macs));
    }

    /** Costs of pairs that were matched by one of them. */
    static String matchedCosts(Comparison comparison, Measure cost) {
        boolean byParams = cost == Measure.PARAMS;
        double other = byParams ? comparison.macs() : comparison.params();
        Measure otherMeasure = byParams ? Measure.MACS : Measure.PARAMS;
        return isEqual(other)
                ? "at about equal params and MACs"
                : "at about equal %s and %s times the %s"
                        .formatted(cost.label(), Amounts.factor(other), otherMeasure.label());
    }

    /** Sentence on the seeds or images that would settle an open comparison; empty for another. */
    static String settling(Comparison comparison) {
        if (comparison.standing() != Standing.OPEN) {
            return "";
        }
        Settlement settlement = comparison.settlement();
        if (settlement.furtherSeeds().isPresent()) {
            int further = settlement.furtherSeeds().get();
            return " %d more %s of each variant would settle it, if the difference stays the same."
                    .formatted(further, further == 1 ? "seed" : "seeds");
        }
        String reason = settlement.reason().orElse("");
        return " %s%s%s."
                .formatted(
                        reason.substring(0, 1).toUpperCase(Locale.ROOT),
                        reason.substring(1),
                        images(comparison.quality()));
    }

    /** The validation images without which no number of seeds settles a difference. */
    private static String images(Difference difference) {
        double ofImages = difference.error().map(ErrorParts::ofImages).orElse(0.0);
        double needed = difference.images() * ofImages * Math.pow(NORMAL / difference.value(), 2);
        if (!Double.isFinite(needed) || needed <= difference.images()) {
            return "";
        }
        double unit = Math.pow(10, Math.floor(Math.log10(needed)) - 1);
        return String.format(Locale.ENGLISH, "; it takes at least %,.0f", Math.ceil(needed / unit) * unit);
    }
}
