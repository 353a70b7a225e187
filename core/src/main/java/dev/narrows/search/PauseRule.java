package dev.narrows.search;

import java.io.Serializable;
import java.util.Map;

/**
 * The training losses above which a trial pauses, so that wherever it runs it stops at once, and all that look at its
 * losses later agree.
 *
 * @param highest mean training loss with which the trial goes on, by the epoch after which it is looked at, from 1
 */
public record PauseRule(Map<Integer, Double> highest) implements Serializable {
    /** No loss pauses a trial. */
    public static final PauseRule NONE = new PauseRule(Map.of());

    public PauseRule {
        highest = Map.copyOf(highest);
    }

    /** True where a trial pauses after an epoch with this training loss. */
    public boolean pauses(int epoch, double trainLoss) {
        return trainLoss > highest.getOrDefault(epoch, Double.POSITIVE_INFINITY);
    }
}
