package dev.narrows.jobs.training;

import dev.narrows.engine.Watch;
import dev.narrows.trial.Epoch;
import java.util.function.Supplier;

/** A watch that hands everything on to another one, but for what it does itself. */
interface WatchAround extends Watch {
    /** The other one. */
    Watch watch();

    @Override
    default boolean cancelled() {
        return watch().cancelled();
    }

    @Override
    default void epoch(Epoch epoch) {
        watch().epoch(epoch);
    }

    @Override
    default boolean pauses(Epoch epoch) {
        return watch().pauses(epoch);
    }

    @Override
    default void trained(Supplier<byte[]> archive) {
        watch().trained(archive);
    }
}
