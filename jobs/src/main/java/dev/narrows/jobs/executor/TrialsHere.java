package dev.narrows.jobs.executor;

import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The trials inside this process: those that run at this moment, and those that were found hanging. */
public final class TrialsHere {
    private static final Set<String> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Map<String, Integer> EPOCHS = new ConcurrentHashMap<>();
    private static final Map<String, Course> COURSES = new ConcurrentHashMap<>();
    private static final Queue<Hang> FOUND = new ConcurrentLinkedQueue<>();

    private TrialsHere() {}

    /** A trial that hangs, with the result that is kept of it. */
    public record Hang(Trial trial, TrialResult result) {}

    /**
     * The part of a running trial that is over, from its first batch to its latest.
     *
     * @param startedNanos of its first batch, as {@link System#nanoTime}
     * @param reachedNanos of its latest batch
     * @param batches between the two
     */
    private record Course(long startedNanos, long reachedNanos, long batches) {
        private Course next(long nanos) {
            return new Course(startedNanos, nanos, batches + 1);
        }
    }

    /** Hearer of what running trials have done. */
    @FunctionalInterface
    public interface Hearer {
        void reached(String trialId, double seconds, long batches);
    }

    static void begins(String trialId) {
        RUNNING.add(trialId);
    }

    static void ends(String trialId) {
        EPOCHS.remove(trialId);
        COURSES.remove(trialId);
        RUNNING.remove(trialId);
    }

    static void epoch(String trialId, int epoch) {
        EPOCHS.put(trialId, epoch);
    }

    static void batch(String trialId) {
        long nanos = System.nanoTime();
        COURSES.compute(trialId, (id, course) -> course == null ? new Course(nanos, nanos, 0) : course.next(nanos));
    }

    /** Tells what each running trial has done since its first batch. */
    public static void tell(Hearer hearer) {
        COURSES.forEach((trialId, course) ->
                hearer.reached(trialId, (course.reachedNanos() - course.startedNanos()) / 1e9, course.batches()));
    }

    static void hangs(Trial trial, TrialResult result) {
        EPOCHS.remove(trial.id());
        COURSES.remove(trial.id());
        RUNNING.remove(trial.id());
        FOUND.add(new Hang(trial, result));
    }

    /** Counts those that run; one that hangs does not. */
    public static int running() {
        return RUNNING.size();
    }

    /** Counts the epochs that those that run have finished. */
    public static long epochs() {
        return EPOCHS.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** True for a trial that has begun and neither ended nor been found hanging. */
    public static boolean isRunning(String trialId) {
        return RUNNING.contains(trialId);
    }

    /** Hands over the hangs that were found since the last call. */
    public static List<Hang> takeHangs() {
        List<Hang> hangs = new ArrayList<>();
        for (Hang hang = FOUND.poll(); hang != null; hang = FOUND.poll()) {
            hangs.add(hang);
        }
        return hangs;
    }
}
