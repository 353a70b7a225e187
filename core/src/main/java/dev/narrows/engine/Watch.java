package dev.narrows.engine;

import dev.narrows.trial.Epoch;
import java.util.function.Supplier;

/** Who looks on while a trial runs. */
public interface Watch {
    /** Asked before every batch: whether the trial should end now. */
    boolean cancelled();

    /** Told after every epoch. */
    void epoch(Epoch epoch);

    /**
     * Told once of a trial that completed.
     *
     * @param archive the network with its trained weights as a TorchScript archive in fp32, made when it is asked for
     */
    default void trained(Supplier<byte[]> archive) {}

    /** Nobody. */
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
