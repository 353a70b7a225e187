package dev.narrows.jobs.executor;

import dev.narrows.engine.Watch;
import dev.narrows.trial.Epoch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;

/** Ends a trial where Spark cancels its task: Spark interrupts the thread, which native code does not feel. */
final class TaskWatch implements Watch {
    private final TaskContext context;
    private final String trialId;
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean answeredYes;

    TaskWatch(TaskContext context, String trialId) {
        this.context = context;
        this.trialId = trialId;
    }

    @Override
    public boolean cancelled() {
        heard.incrementAndGet();
        TrialsHere.batch(trialId);
        boolean cancelled = context.isInterrupted() || Thread.currentThread().isInterrupted();
        answeredYes |= cancelled;
        return cancelled;
    }

    @Override
    public void epoch(Epoch epoch) {
        heard.incrementAndGet();
        TrialsHere.epoch(trialId, epoch.epoch());
    }

    /** A number that changes with each sign of life. */
    long heard() {
        return heard.get();
    }

    /** True where the trial may have ended early because it was told to, so that it has no result. */
    boolean endedEarly() {
        return answeredYes || context.isInterrupted();
    }
}
