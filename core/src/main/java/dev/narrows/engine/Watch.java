package dev.narrows.engine;

import dev.narrows.trial.Epoch;

/** Who looks on while a trial runs. */
public interface Watch {
    /** Asked before every batch: whether the trial should end now. */
    boolean cancelled();

    /** Told after every epoch. */
    void epoch(Epoch epoch);

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
