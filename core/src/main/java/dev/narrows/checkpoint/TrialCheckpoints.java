package dev.narrows.checkpoint;

import dev.narrows.trial.TrialHistory;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checkpoints of one trial, for the engine that runs it. A trial that is cancelled after an epoch whose checkpoint
 * was taken goes on from there another time.
 */
public interface TrialCheckpoints {
    /** No checkpoints: the trial begins at the beginning and leaves nothing. */
    TrialCheckpoints NONE = new TrialCheckpoints() {
        @Override
        public Optional<Checkpoint> last() {
            return Optional.empty();
        }

        @Override
        public void found(TrialHistory history) {}

        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void take(Checkpoint checkpoint) {}

        @Override
        public boolean keep(Supplier<Checkpoint> checkpoint) {
            return false;
        }

        @Override
        public void failed(Throwable reason) {}
    };

    /**
     * The checkpoint that an earlier attempt left; empty where there is none.
     *
     * @throws UnusableCheckpointException where it cannot be read
     */
    Optional<Checkpoint> last() throws UnusableCheckpointException;

    /** Told once a trial begins of which a checkpoint was found, with its history up to this start. */
    void found(TrialHistory history);

    /** Asked after each epoch but the last; true where a checkpoint is to be taken. */
    boolean isDue();

    /** Takes a checkpoint and returns at once. Its tensors stay as they are until the next one is due. */
    void take(Checkpoint checkpoint);

    /**
     * Keeps a checkpoint, due or not, before it returns.
     *
     * @param checkpoint made once its tensors may change
     * @return false where it could not be made or kept; the trial goes on then
     */
    boolean keep(Supplier<Checkpoint> checkpoint);

    /** Told where a checkpoint that was due could not be made; the trial goes on. */
    void failed(Throwable reason);
}
