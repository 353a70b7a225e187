package dev.narrows.engine;

import dev.narrows.trial.Epoch;
import java.util.function.Supplier;

/** Callbacks from a running trial. */
public interface Watch {
    /** Asked before every batch; true where the trial should end now. */
    boolean cancelled();

    /** Told after every epoch. */
    void epoch(Epoch epoch);

    /**
     * Asked after every epoch but the last; true where the trial should pause there. It does so where its checkpoint
     * can be kept, and goes on otherwise.
     */
    default boolean pauses(Epoch epoch) {
        return false;
    }

    /**
     * Told once of a trial that completed.
     *
     * @param archive the network with its trained weights as a TorchScript archive in fp32, made when it is asked for
     */
    default void trained(Supplier<byte[]> archive) {}

    /** No callbacks; the trial ends where its thread is interrupted. */
    static Watch none() {
        return new Watch() {
            @Override
            public boolean cancelled() {
                return Thread.currentThread().isInterrupted();
            }

            @Override
            public void epoch(Epoch epoch) {}
        };
    }
}
