package dev.narrows.search;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import java.util.List;

/**
 * A variant that a search may train, with all that is known before.
 *
 * @param settings its knobs
 * @param cost exact counts of its network, from which its quality is predicted
 * @param losses its costs by each objective but the quality, in their order; less is better
 */
public record SearchCandidate(
        String variantId, String label, String family, Settings settings, Cost cost, List<Double> losses) {
    /** @throws IllegalArgumentException where it has no cost to be compared by, or an unknown one */
    public SearchCandidate {
        losses = List.copyOf(losses);
        if (losses.isEmpty()) {
            throw new IllegalArgumentException("Cannot search with %s: it has no cost".formatted(label));
        }
        if (!losses.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "Cannot search with %s: its costs are %s, and a search knows all before".formatted(label, losses));
        }
    }

    /** True where it costs no more than the other in anything. */
    boolean costsNoMore(SearchCandidate other) {
        for (int i = 0; i < losses.size(); i++) {
            if (losses.get(i) > other.losses.get(i)) {
                return false;
            }
        }
        return true;
    }
}
