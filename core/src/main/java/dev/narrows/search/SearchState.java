package dev.narrows.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The state of a search that follows from the results so far.
 *
 * @param decisions all of them, in the order of their batches
 * @param open variants whose trial may start or go on, in the order of their choice; those under way are among them
 * @param choices of training settings, from 0, with which each variant that has begun is trained, by its id
 * @param paused the epoch after which a trial stops, by the id of its variant
 * @param rules by which trials pause, by the ids of their variants; those that resume have none
 * @param over true once nothing more will be started
 * @param ledger expected number of members among all that are left out or paused; empty before there is a model
 * @param widening factor by which the last model's intervals grew, 1 where its errors are as it says
 * @param note for the user, where the search does not search
 */
public record SearchState(
        List<SearchDecision> decisions,
        List<String> open,
        Map<String, Set<Integer>> choices,
        Map<String, Integer> paused,
        Map<String, PauseRule> rules,
        boolean over,
        OptionalDouble ledger,
        double widening,
        Optional<String> note) {
    public SearchState {
        decisions = List.copyOf(decisions);
        open = List.copyOf(open);
        choices = Map.copyOf(choices);
        paused = Map.copyOf(paused);
        rules = Map.copyOf(rules);
    }
}
