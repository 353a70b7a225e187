package dev.narrows.study;

import dev.narrows.family.Family;
import java.util.List;
import java.util.Optional;

/**
 * One grid of a study: a family, the values of its knobs, and the seeds of each variant.
 *
 * @param axes every knob of the family in the family's order, those that stand still too
 * @param solve the knob that is solved for instead of given
 * @param sample the sample that is drawn; empty for all points
 * @param origin its first line
 */
public record GridEntry(
        Family family,
        List<Axis> axes,
        Optional<Solve> solve,
        Optional<Sample> sample,
        List<Long> seeds,
        Origin origin) {
    public GridEntry {
        axes = List.copyOf(axes);
        seeds = List.copyOf(seeds);
    }
}
