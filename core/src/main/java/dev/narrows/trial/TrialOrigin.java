package dev.narrows.trial;

import java.io.Serializable;

/**
 * The reason why a study has a trial: its plan, or an addition that a run has made.
 *
 * @param reason of an addition, in a few words, such as {@code a seed to settle the front}; empty for a trial of the
 *     plan
 * @param addedAt milliseconds since 1970; 0 for a trial of the plan
 */
public record TrialOrigin(String reason, long addedAt) implements Serializable {
    /** The plan. */
    public static final TrialOrigin PLAN = new TrialOrigin("", 0);

    /** @throws IllegalArgumentException where an addition has no reason */
    public static TrialOrigin added(String reason, long at) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Cannot add a trial without a reason");
        }
        return new TrialOrigin(reason, at);
    }

    public boolean isAdded() {
        return !reason.isEmpty();
    }
}
