package dev.narrows.study;

import dev.narrows.family.Family;
import java.util.List;

/**
 * One grid of a study: a family, what its knobs take, and the seeds of each variant.
 *
 * @param axes every knob of the family in the family's order, those that stand still too
 * @param line the line of the study file where it begins
 */
public record GridEntry(Family family, List<Axis> axes, List<Long> seeds, int line) {
    public GridEntry {
        axes = List.copyOf(axes);
        seeds = List.copyOf(seeds);
    }
}
