package dev.narrows.jobs.dispatch;

import dev.narrows.trial.Trial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The trials that are still to be submitted, longest predicted first, so that no long one is left for a lonely end.
 *
 * <p>The prediction is right but for a factor of each family, which is learnt from the trials that end; what is left is
 * also told by the first part of those that run. A thread that shows progress may ask while another takes trials out.
 */
public final class Backlog {
    /**
     * Range of what trials take relative to a prediction from which nothing has been learnt: on another processor than
     * that of the figures, and beside other work. A study that was predicted to take 28 s took 81 s.
     */
    private static final double FASTEST = 0.7;

    private static final double SLOWEST = 3;

    /** Of a normal distribution, eight in ten lie within so many deviations of its mean. */
    private static final double DEVIATIONS = 1.28;

    private final ToDoubleFunction<Trial> predicted;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Ratio overall = new Ratio();
    private int size;

    /** @param predicted seconds of a trial, before anything has been learnt */
    public Backlog(List<Trial> trials, ToDoubleFunction<Trial> predicted) {
        this.predicted = predicted;
        add(trials);
    }

    /** Takes up more trials. */
    public synchronized void add(List<Trial> trials) {
        Map<String, List<Trial>> families = new LinkedHashMap<>();
        trials.forEach(trial ->
                families.computeIfAbsent(trial.family(), f -> new ArrayList<>()).add(trial));
        families.forEach((family, members) ->
                lanes.computeIfAbsent(family, f -> new Lane()).add(members));
        size += trials.size();
    }

    /** Takes out the trial that is predicted to be the longest. */
    public synchronized Optional<Trial> next() {
        Lane longest = null;
        double seconds = Double.NEGATIVE_INFINITY;
        for (Lane lane : lanes.values()) {
            Trial head = lane.trials.peek();
            if (head != null && seconds(head) > seconds) {
                longest = lane;
                seconds = seconds(head);
            }
        }
        if (longest == null) {
            return Optional.empty();
        }
        size--;
        return Optional.of(longest.trials.remove());
    }

    /** Predicts what a trial takes, in seconds. */
    public synchronized double seconds(Trial trial) {
        return predicted.applyAsDouble(trial) * factor(trial.family());
    }

    /** Takes note that a trial ended, and of what a whole one took. */
    public synchronized void ended(Trial trial, OptionalDouble seconds) {
        Lane lane = lanes.get(trial.family());
        if (lane != null) {
            double expected = predicted.applyAsDouble(trial);
            lane.remaining -= expected;
            seconds.ifPresent(took -> {
                lane.ratio.add(took, expected);
                overall.add(took, expected);
            });
        }
    }

    /** Predicts what all that has not ended would take in one slot, in seconds. */
    public synchronized double remainingSeconds() {
        double seconds = 0;
        for (Map.Entry<String, Lane> lane : lanes.entrySet()) {
            seconds += lane.getValue().remaining * factor(lane.getKey());
        }
        return Math.max(0, seconds);
    }

    /**
     * The range of {@link #remainingSeconds}. It narrows as trials end: their spread around what was learnt counts
     * beside that of a prediction from which nothing has been learnt, which counts as one trial.
     */
    public Remaining remaining() {
        return remaining(List.of());
    }

    /**
     * The same, where the first parts of running trials are known: each counts as a trial of its own.
     *
     * @param parts of trials that have not ended
     */
    public synchronized Remaining remaining(List<Part> parts) {
        double seconds = 0;
        double squares = 0;
        int trials = 0;
        Ratio all = overall.with(parts);
        for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
            Lane lane = entry.getValue();
            List<Part> own = parts.stream()
                    .filter(part -> part.trial().family().equals(entry.getKey()))
                    .toList();
            Ratio ratio = lane.ratio.with(own);
            double factor = ratio.orElse(all.orElse(1));
            double over = own.stream().mapToDouble(this::expected).sum();
            seconds += Math.max(0, lane.remaining - over) * factor;
            trials += ratio.ratios.size();
            for (double one : ratio.ratios) {
                squares += Math.pow(Math.log(one) - Math.log(factor), 2);
            }
        }
        if (trials == 0) {
            return new Remaining(FASTEST * seconds, seconds, SLOWEST * seconds);
        }
        double prior = Math.log(SLOWEST / FASTEST) / 2 / DEVIATIONS;
        squares += prior * prior;
        double width = Math.exp(DEVIATIONS * Math.sqrt(squares / (1 + trials)));
        return new Remaining(seconds / width, seconds, seconds * width);
    }

    private double expected(Part part) {
        return part.share() * predicted.applyAsDouble(part.trial());
    }

    /**
     * The first part of a trial that runs.
     *
     * @param seconds that it took
     * @param share of the whole trial, from 0 to 1
     */
    public record Part(Trial trial, double seconds, double share) {}

    /**
     * Seconds in one slot.
     *
     * @param low seconds that few studies go below
     * @param expected the prediction
     * @param high seconds that few studies exceed
     */
    public record Remaining(double low, double expected, double high) {}

    public synchronized int size() {
        return size;
    }

    private double factor(String family) {
        Lane lane = lanes.get(family);
        return lane == null ? 1 : lane.ratio.orElse(overall.orElse(1));
    }

    /** The trials of one family, which the factor does not reorder. */
    private final class Lane {
        final Deque<Trial> trials = new ArrayDeque<>();
        final Ratio ratio = new Ratio();
        double remaining;

        void add(List<Trial> members) {
            List<Trial> sorted = new ArrayList<>(trials);
            sorted.addAll(members);
            sorted.sort(Comparator.comparingDouble(predicted).reversed());
            trials.clear();
            trials.addAll(sorted);
            remaining += members.stream().mapToDouble(predicted).sum();
        }
    }

    private final class Ratio {
        private final List<Double> ratios = new ArrayList<>();
        private double measured;
        private double predicted;

        void add(double seconds, double prediction) {
            measured += seconds;
            predicted += prediction;
            if (seconds > 0 && prediction > 0) {
                ratios.add(seconds / prediction);
            }
        }

        Ratio with(List<Part> parts) {
            Ratio both = new Ratio();
            both.ratios.addAll(ratios);
            both.measured = measured;
            both.predicted = predicted;
            parts.forEach(part -> both.add(part.seconds(), expected(part)));
            return both;
        }

        double orElse(double other) {
            return predicted > 0 && measured > 0 ? measured / predicted : other;
        }
    }
}
