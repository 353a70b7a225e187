package dev.narrows.trial;

import java.io.Serializable;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The losses at the narrow ends of a network.
 *
 * @param ends in the order in which the data meets them; none where the network has none
 * @param images validation images that they were measured on
 */
public record NarrowEnds(List<NarrowEnd> ends, int images) implements Serializable {
    public NarrowEnds {
        ends = List.copyOf(ends);
    }

    /** The mean over the ends; null where there are none. */
    public @Nullable Double deadShare() {
        return mean(NarrowEnd::deadShare);
    }

    /** The mean over the ends; null where there are none. */
    public @Nullable Double rankShare() {
        return mean(NarrowEnd::rankShare);
    }

    private @Nullable Double mean(ToDoubleFunction<NarrowEnd> measure) {
        return ends.isEmpty()
                ? null
                : ends.stream().mapToDouble(measure).average().orElseThrow();
    }
}
