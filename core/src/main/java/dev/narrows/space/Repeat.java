package dev.narrows.space;

import dev.narrows.study.Origin;
import java.util.List;

/**
 * A point of a grid that is the same network as an earlier one, whose seeds it adds to.
 *
 * @param variantId of the network
 * @param label of this point
 * @param of the label of the earlier one
 * @param origin the grid's place in the study file
 */
public record Repeat(String variantId, String label, String of, List<Long> seeds, Origin origin) implements Planned {
    public Repeat {
        seeds = List.copyOf(seeds);
    }
}
