package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.study.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A point of a grid that cannot be built, or is over a limit.
 *
 * @param label readable name of what varies
 * @param variantId empty where it cannot be built
 * @param cost empty where it cannot be built
 * @param reason {@code Cannot …: …}, without the place
 * @param origin the grid's place in the study file
 */
public record Rejection(
        String label,
        String family,
        Settings settings,
        Optional<String> variantId,
        Optional<Cost> cost,
        List<Long> seeds,
        String reason,
        Origin origin)
        implements Planned {
    public Rejection {
        seeds = List.copyOf(seeds);
    }

    /** The reason with the place before it: {@code conf/studies/x.conf: 12: Cannot split 100 channels into …}. */
    public String message() {
        return origin.tell(reason);
    }
}
