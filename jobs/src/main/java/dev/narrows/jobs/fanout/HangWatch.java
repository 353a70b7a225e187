package dev.narrows.jobs.fanout;

import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An alarm for a trial that does not look at its own time limit any more, because it hangs in native code or in a loop.
 * Nothing ends such a thread but the end of its process.
 */
final class HangWatch implements AutoCloseable {
    /** The trials that hang inside this process, where it is the driver's own, with their results. */
    static final Map<String, TrialResult> HERE = new ConcurrentHashMap<>();

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "narrows-hang-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final AtomicBoolean settled = new AtomicBoolean();
    private @Nullable Future<?> alarm;

    private HangWatch() {}

    /**
     * Sets it for a trial that has a time limit.
     *
     * @param hung hears, on a thread of its own, of a trial that hangs, with its result
     */
    static HangWatch of(Trial trial, TrialTask task, String device, BiConsumer<Trial, TrialResult> hung) {
        HangWatch watch = new HangWatch();
        double limit = trial.training().timeLimitSeconds();
        if (limit > 0) {
            long startedAt = System.currentTimeMillis();
            Runnable ring = () -> {
                if (watch.settled.compareAndSet(false, true)) {
                    String message =
                            "Cannot go on: it hangs, %s s beyond its limit of %s s, and its process had to be ended"
                                    .formatted(task.patienceSeconds(), limit);
                    hung.accept(
                            trial,
                            OnExecutor.failure(trial, Outcome.TIMED_OUT, message, device, task.threads(), startedAt));
                }
            };
            long millis = Math.round(1000 * (limit + task.patienceSeconds()));
            watch.alarm = CLOCK.schedule(ring, millis, TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    /** Whether the trial came back before it was given up. */
    boolean returned() {
        return settled.compareAndSet(false, true);
    }

    @Override
    public void close() {
        settled.set(true);
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
