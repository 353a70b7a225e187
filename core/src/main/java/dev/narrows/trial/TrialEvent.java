package dev.narrows.trial;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** An event in the life of a trial. */
public sealed interface TrialEvent extends Serializable {
    /** Milliseconds since 1970. */
    long at();

    /**
     * The beginning of an attempt.
     *
     * @param at as {@link TrialResult#startedAt} of the result that ends this attempt
     * @param afterEpochs epochs that it does not train again; 0 where it begins at the beginning
     * @param environment host, device and software of the attempt
     * @param form in which it computes its steps; what goes on with it goes on in this form. Null where unknown
     */
    record Started(
            long at,
            int afterEpochs,
            Environment environment,
            @Nullable String form) implements TrialEvent {
        public Started {
            if (afterEpochs < 0) {
                throw new IllegalArgumentException("Cannot start a trial after %d epochs".formatted(afterEpochs));
            }
        }
    }

    /** The end of one epoch. */
    record EpochEnded(long at, Epoch epoch) implements TrialEvent {}

    /** The end of an attempt, with all that came of it. A trial that has paused may go on from there. */
    record Ended(TrialResult result) implements TrialEvent {
        private static final double MILLIS = 1000;

        @Override
        public long at() {
            return result.startedAt() + Math.round(result.attemptSeconds() * MILLIS);
        }
    }
}
