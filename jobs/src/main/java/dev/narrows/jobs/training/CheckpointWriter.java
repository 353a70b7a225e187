package dev.narrows.jobs.training;

import dev.narrows.checkpoint.Checkpoint;
import dev.narrows.checkpoint.CheckpointInterval;
import dev.narrows.checkpoint.TrialCheckpoints;
import dev.narrows.checkpoint.UnusableCheckpointException;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialHistory;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the checkpoints of one trial on a thread of its own, while the trial trains on. Of a trial whose next
 * checkpoint is due while the last is being written, none is taken, unless every epoch is to have one.
 *
 * <p>The trial's thread makes the other one, which thereby acts for the same user of a cluster's file system.
 */
final class CheckpointWriter implements TrialCheckpoints, AutoCloseable {
    private static final double NANOS = 1e9;

    private final Trial trial;
    private final JournalCommit commit;
    private final CheckpointInterval interval;
    private @Nullable ExecutorService thread;
    private @Nullable Future<?> writing;
    private long lastAt = System.nanoTime();

    CheckpointWriter(Trial trial, JournalCommit commit, CheckpointInterval interval) {
        this.trial = trial;
        this.commit = commit;
        this.interval = interval;
    }

    @Override
    public Optional<Checkpoint> last() throws UnusableCheckpointException {
        return commit.lastCheckpoint(trial.id());
    }

    @Override
    public void found(TrialHistory history) {
        later(() -> commit.running(trial, history));
    }

    @Override
    public boolean isDue() {
        if (!interval.isOver((System.nanoTime() - lastAt) / NANOS)) {
            return false;
        }
        if (interval.seconds() == 0) {
            await();
        }
        return writing == null || writing.isDone();
    }

    @Override
    public void take(Checkpoint checkpoint) {
        lastAt = System.nanoTime();
        await();
        later(() -> commit.checkpoint(trial, checkpoint));
    }

    @Override
    public boolean keep(Supplier<Checkpoint> checkpoint) {
        lastAt = System.nanoTime();
        await();
        try {
            commit.checkpoint(trial, checkpoint.get());
            return true;
        } catch (OutOfMemoryError | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    @Override
    public void failed(Throwable reason) {
        StorageTrouble.tell("checkpoint", trial, reason);
    }

    private void later(Runnable work) {
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, "narrows-checkpoint-" + trial.id());
                made.setDaemon(true);
                return made;
            });
        }
        writing = thread.submit(() -> {
            try {
                work.run();
            } catch (OutOfMemoryError | RuntimeException e) {
                failed(e);
            }
        });
    }

    /** Waits for what is being written, however often the thread is interrupted: half of it would be lost. */
    private void await() {
        boolean interrupted = false;
        while (writing != null) {
            try {
                writing.get();
                writing = null;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                failed(e);
                writing = null;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        await();
        if (thread != null) {
            thread.shutdown();
        }
    }
}
