package dev.narrows.jobs.document;

import dev.narrows.tradeoff.Importance;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Meaning("Importance of the axes of one family: shares of the variance of a measure between its variants. All shares"
        + " with shared, further and noise add up to 1.")
public record ImportanceDocument(
        @Meaning("Name of the family.") String family,

        @Meaning("Measure whose variance is shared out, such as validation_accuracy.")
        String measure,

        @Meaning("Variants of the family with the measure.") int variants,

        @Meaning("Standard deviation of the measure between these variants, in its unit.")
        double deviation,

        @Meaning("True if every combination of values occurs equally often.")
        boolean balanced,

        @Meaning("False if there are too many values for a fit of the pairs, which are then part of further.")
        boolean pairs,

        @Meaning("Shares of axes and of pairs of axes, the largest first.")
        List<AxisShareDocument> shares,

        @Meaning("Share that axes explain only together, because some values come together; 0 on a balanced grid,"
                + " and below 0 where axes mask each other.")
        double shared,

        @Meaning("Share of interactions of more axes.") double further,

        @Meaning("Share that seeds alone explain; null where it is unknown, and part of the other shares.") @Nullable
        Double noise,

        @Meaning("The shares in one sentence.") String sentence) {
    public ImportanceDocument {
        shares = List.copyOf(shares);
    }

    @Meaning("Share of one axis, or of the interaction of two.")
    public record AxisShareDocument(
            @Meaning("Names of one or two axes.") List<String> axes,

            @Meaning("Share of the variance, beyond the part that seeds alone explain.")
            double share) {
        public AxisShareDocument {
            axes = List.copyOf(axes);
        }
    }

    public static ImportanceDocument of(Importance importance) {
        return new ImportanceDocument(
                importance.family(),
                importance.measure().word(),
                importance.variants(),
                importance.deviation(),
                importance.balanced(),
                importance.pairs(),
                importance.shares().stream()
                        .map(part -> new AxisShareDocument(part.axes(), part.share()))
                        .toList(),
                importance.shared(),
                importance.further(),
                importance.noise().orElse(null),
                importance.sentence());
    }
}
