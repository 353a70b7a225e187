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

    /** {@code conf/studies/x.conf: 12: residual mid=64 is the same network as residual mid-ratio=1}. */
    public String message() {
        return origin.tell("%s is the same network as %s".formatted(label, of));
    }
}
