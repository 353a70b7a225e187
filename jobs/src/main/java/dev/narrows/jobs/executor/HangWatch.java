package dev.narrows.jobs.executor;

import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * An alarm for a trial that gives no sign of life any more, because it hangs in native code or in a loop. Nothing ends
 * such a thread but the end of its process.
 *
 * <p>Time is counted in looks, not read from a clock: a process that was stopped, or a laptop that slept, has not hung.
 */
final class HangWatch implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final double MILLIS = 1000;

    /** A trial as a whole that takes as many times longer than predicted is slow; one batch of it that does, hangs. */
    private static final double TIMES_EXPECTED = 3;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "narrows-hang-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final Trial trial;
    private final TrialTask task;
    private final TaskWatch watch;
    private final double silenceAllowed;
    private final Future<?> looks;
    private boolean settled;
    private long count;
    private long silent;
    private long heard;

    /**
     * Sets it for a trial that begins.
     *
     * @param watch callback for each batch
     * @param expectedSeconds predicted seconds of the whole trial
     * @param hung callback, on a thread of its own, for the result of a trial that hangs
     */
    HangWatch(
            Trial trial,
            TrialTask task,
            String device,
            TaskWatch watch,
            double expectedSeconds,
            BiConsumer<Trial, TrialResult> hung) {
        this.trial = trial;
        this.task = task;
        this.watch = watch;
        silenceAllowed = Math.max(task.silenceSeconds(), TIMES_EXPECTED * expectedSeconds);
        long startedAt = System.currentTimeMillis();
        looks = CLOCK.scheduleWithFixedDelay(
                () -> look(hung, device, startedAt), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Holds the lock until the result is kept: a trial that comes back meanwhile waits, and is told that it is too
     * late.
     */
    private synchronized void look(BiConsumer<Trial, TrialResult> hung, String device, long startedAt) {
        Optional<String> reason = settled ? Optional.empty() : reason();
        if (reason.isPresent()) {
            settled = true;
            hung.accept(
                    trial,
                    OnExecutor.failure(trial, Outcome.TIMED_OUT, reason.get(), device, task.threads(), startedAt));
        }
    }

    /** The reason to give the trial up; empty where there is none. */
    private Optional<String> reason() {
        count++;
        long now = watch.heard();
        silent = now == heard ? silent + 1 : 0;
        heard = now;
        double limit = trial.training().timeLimitSeconds();
        if (limit > 0 && seconds(count) > limit + task.patienceSeconds() && seconds(silent) > task.patienceSeconds()) {
            return Optional.of(
                    "Cannot go on training: no batch for %s s beyond the limit of %s s; its process was ended"
                            .formatted(task.patienceSeconds(), limit));
        }
        return seconds(silent) > silenceAllowed
                ? Optional.of(
                        "Cannot go on training: no batch for %.0f s; its process was ended".formatted(silenceAllowed))
                : Optional.empty();
    }

    private static double seconds(long looks) {
        return looks * LOOK_EVERY_MILLIS / MILLIS;
    }

    /** Ends the watch: true for a trial that comes back before it was given up. */
    synchronized boolean returned() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    @Override
    public void close() {
        returned();
        looks.cancel(false);
    }
}
