package dev.narrows.results;

import dev.narrows.study.Measure;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of effects: the effect of a step of one axis on one measure.
 *
 * @param from value of the axis before the step, as in labels
 * @param to value after it
 * @param pairs of variants that differ only in the axis
 * @param value mean difference over the pairs, in the unit of the measure
 * @param ratio geometric mean over the pairs; null where a value is not positive
 * @param quality certainty of a difference in the measure of quality; null for every other measure
 */
public record EffectRow(
        String study,
        String family,
        String axis,
        String from,
        String to,
        Measure measure,
        int pairs,
        @Nullable Double value,
        @Nullable Double ratio,
        @Nullable MeasuredDifference quality) {}
