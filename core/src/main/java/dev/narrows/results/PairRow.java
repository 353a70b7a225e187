package dev.narrows.results;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table of pairs: one variant against another.
 *
 * @param rivals true where only quality decides between them: one is no worse in every other objective
 * @param paramsRatio parameters of the variant by those of the other
 * @param macsRatio null where the other computes nothing
 * @param difference quality of the variant minus that of the other
 */
public record PairRow(
        String study,
        String variantId,
        String variant,
        boolean front,
        String otherId,
        String other,
        boolean otherFront,
        boolean rivals,
        @Nullable Double paramsRatio,
        @Nullable Double macsRatio,
        MeasuredDifference difference) {}
