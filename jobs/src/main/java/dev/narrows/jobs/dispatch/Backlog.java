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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The trials that are still to be submitted, longest predicted first, so that no long one is left for a lonely end.
 *
 * <p>The prediction is right but for a factor of each family, which is learnt from the trials that end, and until then
 * from the first part of those that run.
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
    private final Map<String, Part> parts = new ConcurrentHashMap<>();
    private int size;

    /** @param predicted seconds of a trial, before anything has been learnt */
    public Backlog(List<Trial> trials, ToDoubleFunction<Trial> predicted) {
        this.predicted = predicted;
        add(trials);
    }

    /** Takes up more trials. */
    public void add(List<Trial> trials) {
        Map<String, List<Trial>> families = new LinkedHashMap<>();
        trials.forEach(trial ->
                families.computeIfAbsent(trial.family(), f -> new ArrayList<>()).add(trial));
        families.forEach((family, members) ->
                lanes.computeIfAbsent(family, f -> new Lane()).add(members));
        size += trials.size();
    }

    /** Takes out the trial that is predicted to be the longest. */
    public Optional<Trial> next() {
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
    public double seconds(Trial trial) {
        return predicted.applyAsDouble(trial) * factor(trial.family());
    }

    /**
     * Takes note of what the first part of a running trial took, which counts until it ends.
     *
     * @param share of the whole trial, from 0 to 1
     */
    public void reached(Trial trial, double seconds, double share) {
        Lane lane = lanes.get(trial.family());
        double expected = share * predicted.applyAsDouble(trial);
        if (lane != null && seconds > 0 && expected > 0 && !lane.ended.contains(trial.id())) {
            parts.put(trial.id(), new Part(trial.family(), seconds, expected));
        }
    }

    /** Takes note that a trial ended, and of what a whole one took. */
    public void ended(Trial trial, OptionalDouble seconds) {
        Lane lane = lanes.get(trial.family());
        if (lane != null) {
            double expected = predicted.applyAsDouble(trial);
            lane.remaining -= expected;
            lane.ended.add(trial.id());
            parts.remove(trial.id());
            seconds.ifPresent(took -> {
                lane.ratio.add(took, expected);
                overall.add(took, expected);
            });
        }
    }

    /** Predicts what all that has not ended would take in one slot, in seconds. */
    public double remainingSeconds() {
        double seconds = 0;
        for (Map.Entry<String, Lane> lane : lanes.entrySet()) {
            seconds += (lane.getValue().remaining - underWay(lane.getKey())) * factor(lane.getKey());
        }
        return Math.max(0, seconds);
    }

    /**
     * The range of {@link #remainingSeconds}. It narrows as trials end: their spread around what was learnt counts
     * beside that of a prediction from which nothing has been learnt, which counts as one trial.
     */
    public Remaining remaining() {
        double seconds = remainingSeconds();
        int trials = parts.size()
                + lanes.values().stream()
                        .mapToInt(lane -> lane.ratio.ratios.size())
                        .sum();
        if (trials == 0) {
            return new Remaining(FASTEST * seconds, seconds, SLOWEST * seconds);
        }
        double prior = Math.log(SLOWEST / FASTEST) / 2 / DEVIATIONS;
        double squares = prior * prior;
        for (Map.Entry<String, Lane> lane : lanes.entrySet()) {
            double learnt = Math.log(factor(lane.getKey()));
            for (double ratio : lane.getValue().ratio.ratios) {
                squares += Math.pow(Math.log(ratio) - learnt, 2);
            }
        }
        for (Part part : parts.values()) {
            squares += Math.pow(Math.log(part.seconds() / part.predicted()) - Math.log(factor(part.family())), 2);
        }
        double width = Math.exp(DEVIATIONS * Math.sqrt(squares / (1 + trials)));
        return new Remaining(seconds / width, seconds, seconds * width);
    }

    /**
     * Seconds in one slot.
     *
     * @param low seconds that few studies go below
     * @param expected the prediction
     * @param high seconds that few studies exceed
     */
    public record Remaining(double low, double expected, double high) {}

    public int size() {
        return size;
    }

    private double factor(String family) {
        Lane lane = lanes.get(family);
        return lane == null
                ? 1
                : lane.ratio
                        .with(part -> part.family().equals(family))
                        .orElseGet(() -> overall.with(part -> true).orElse(1));
    }

    /** Predicted seconds of what running trials have done of a family. */
    private double underWay(String family) {
        return parts.values().stream()
                .filter(part -> part.family().equals(family))
                .mapToDouble(Part::predicted)
                .sum();
    }

    /**
     * The part of a running trial that is over.
     *
     * @param seconds that it took
     * @param predicted seconds that it was to take
     */
    private record Part(String family, double seconds, double predicted) {}

    /** The trials of one family, which the factor does not reorder. */
    private final class Lane {
        final Deque<Trial> trials = new ArrayDeque<>();
        final Ratio ratio = new Ratio();
        final Set<String> ended = ConcurrentHashMap.newKeySet();
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

        /** The ratio of ended trials together with such parts of running ones; empty where there are neither. */
        OptionalDouble with(Predicate<Part> such) {
            double took = measured;
            double expected = predicted;
            for (Part part : parts.values()) {
                if (such.test(part)) {
                    took += part.seconds();
                    expected += part.predicted();
                }
            }
            return took > 0 && expected > 0 ? OptionalDouble.of(took / expected) : OptionalDouble.empty();
        }
    }
}
