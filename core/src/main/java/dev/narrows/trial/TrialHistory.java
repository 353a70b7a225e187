package dev.narrows.trial;

import dev.narrows.trial.TrialEvent.Ended;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that has happened to a trial, in order; everything else about its state follows from it.
 *
 * <p>An attempt starts, has epochs one after another, and ends. It may start again after an end, from the beginning or,
 * where it had paused, from its last epoch, or where its process died and left no event.
 */
public record TrialHistory(List<TrialEvent> events) implements Serializable {
    /** The history of a trial that waits. */
    public static final TrialHistory NONE = new TrialHistory(List.of());

    /** @throws IllegalArgumentException where an event cannot follow those before it */
    public TrialHistory {
        events = List.copyOf(events);
        Replay replay = new Replay();
        events.forEach(replay::take);
    }

    public static TrialHistory of(TrialEvent... events) {
        return new TrialHistory(List.of(events));
    }

    /** The history of a trial of which only the result is known. */
    public static TrialHistory ended(TrialResult result) {
        return of(new Started(result.startedAt(), 0, result.environment(), result.form()), new Ended(result));
    }

    /** @throws IllegalArgumentException where the event cannot follow */
    public TrialHistory then(TrialEvent event) {
        List<TrialEvent> longer = new ArrayList<>(events);
        longer.add(event);
        return new TrialHistory(longer);
    }

    public TrialState state() {
        return read().state;
    }

    /** The epochs of the last attempt, and of those before it that it went on from. */
    public List<Epoch> epochs() {
        return List.copyOf(read().epochs);
    }

    /** The last start. */
    public Optional<Started> start() {
        return events.stream()
                .filter(Started.class::isInstance)
                .map(Started.class::cast)
                .reduce((one, later) -> later);
    }

    /** The result of the last attempt that has ended, also while another runs. */
    public Optional<TrialResult> result() {
        return events.stream()
                .filter(Ended.class::isInstance)
                .map(event -> ((Ended) event).result())
                .reduce((one, later) -> later);
    }

    /** The events after the last end: those of an attempt that has not ended. */
    public List<TrialEvent> sinceEnd() {
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            from = events.get(i) instanceof Ended ? i + 1 : from;
        }
        return events.subList(from, events.size());
    }

    private Replay read() {
        Replay replay = new Replay();
        events.forEach(replay::take);
        return replay;
    }

    /** The state after each event. */
    private static final class Replay {
        private TrialState state = TrialState.WAITING;
        private final List<Epoch> epochs = new ArrayList<>();

        void take(TrialEvent event) {
            if (event instanceof Started started) {
                int most = state == TrialState.ENDED ? 0 : epochs.size();
                require(
                        started.afterEpochs() <= most,
                        "start after %d epochs a trial that has %d to go on from",
                        started.afterEpochs(),
                        most);
                epochs.subList(started.afterEpochs(), epochs.size()).clear();
                state = TrialState.RUNNING;
            } else if (event instanceof EpochEnded ended) {
                require(state == TrialState.RUNNING, "take an epoch of a trial that is %s", state.word());
                int number = ended.epoch().epoch();
                require(number == epochs.size() + 1, "take epoch %d after %d epochs", number, epochs.size());
                epochs.add(ended.epoch());
            } else if (event instanceof Ended ended) {
                require(state == TrialState.RUNNING, "end a trial that is %s", state.word());
                epochs.clear();
                epochs.addAll(ended.result().epochs());
                state = ended.result().outcome() == Outcome.PAUSED ? TrialState.PAUSED : TrialState.ENDED;
            }
        }

        private static void require(boolean holds, String message, Object... values) {
            if (!holds) {
                throw new IllegalArgumentException("Cannot " + message.formatted(values));
            }
        }
    }
}
