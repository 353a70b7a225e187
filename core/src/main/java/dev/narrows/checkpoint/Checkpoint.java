package dev.narrows.checkpoint;

import dev.narrows.trial.Environment;
import dev.narrows.trial.TrialEvent.Ended;
import dev.narrows.trial.TrialEvent.Started;
import dev.narrows.trial.TrialHistory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole state of a trial after an epoch that is not its last: with it, the trial goes on to the same bits as one
 * that never stopped. Order of images, crops and flips are functions of seed and epoch, so no generator is part of it.
 *
 * @param history the attempts so far and the epochs that have ended; form and engine are those of its last start
 * @param clock counters of the training step
 * @param effort time and memory so far
 * @param layout checksum of the names and shapes of the tensors
 * @param tensors values as {@link StateLayout} orders them
 */
public record Checkpoint(
        String trialId, TrialHistory history, StepClock clock, Effort effort, long layout, ByteBuffer tensors) {
    /** Versions that must be the same, by their names in an environment. */
    private static final List<String> ENGINE = List.of("narrows", "djl", "pytorch");

    /** @throws IllegalArgumentException where the history has ended, or no epoch has */
    public Checkpoint {
        if (history.epochs().isEmpty() || history.events().stream().anyMatch(Ended.class::isInstance)) {
            throw new IllegalArgumentException(
                    "Cannot make a checkpoint of trial %s: it needs an attempt with an epoch and without an end"
                            .formatted(trialId));
        }
    }

    /** Epochs that have ended. */
    public int epochs() {
        return history.epochs().size();
    }

    /** The attempt that left it. */
    public Started attempt() {
        return history.start().orElseThrow();
    }

    /**
     * The reason why a trial cannot go on from here as if it had never stopped; empty where it can.
     *
     * @param form in which this process trains the trial
     * @param here the process
     * @param epochs of the whole trial
     */
    public Optional<String> misfit(String form, Environment here, StateLayout wanted, int epochs) {
        Environment there = attempt().environment();
        if (!form.equals(attempt().form())) {
            return differs("form", String.valueOf(attempt().form()), form);
        }
        if (!here.precision().equals(there.precision())) {
            return differs("precision", there.precision(), here.precision());
        }
        if (here.threads() != there.threads()) {
            return differs("number of threads", Integer.toString(there.threads()), Integer.toString(here.threads()));
        }
        for (String name : ENGINE) {
            String before = version(there, name);
            String now = version(here, name);
            if (!before.equals(now)) {
                return differs("version of " + name, before, now);
            }
        }
        if (layout != wanted.checksum() || tensors.remaining() != wanted.bytes()) {
            return Optional.of("it holds the tensors of another network or optimizer");
        }
        return epochs() < epochs
                ? Optional.empty()
                : Optional.of("it has %d epochs, and the trial ends after %d".formatted(epochs(), epochs));
    }

    private static Optional<String> differs(String what, String there, String here) {
        return Optional.of("its %s is %s, and that of this process is %s".formatted(what, there, here));
    }

    private static String version(Environment environment, String name) {
        for (String pair : environment.versions().split(";", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "unknown";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && trialId.equals(that.trialId)
                && history.equals(that.history)
                && clock.equals(that.clock)
                && effort.equals(that.effort)
                && layout == that.layout
                && tensors.equals(that.tensors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(trialId, history, clock, effort, layout);
    }
}
