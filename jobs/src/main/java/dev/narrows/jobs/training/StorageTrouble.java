package dev.narrows.jobs.training;

import dev.narrows.trial.Trial;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warning of a process that checkpoints or weights cannot be written: once, since a full disk stays full. No trial
 * fails for it.
 */
final class StorageTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(StorageTrouble.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static volatile Consumer<String> listener = line -> {};

    private StorageTrouble() {}

    /** Sends the warning of the run that begins to a listener too; the log always has it. */
    static void to(Consumer<String> lines) {
        TOLD.set(false);
        listener = lines;
    }

    /** @param what was to be kept of a trial */
    static void tell(String what, Trial trial, Throwable reason) {
        String line = "Cannot keep the %s of %s seed=%d: %s; trials go on without"
                .formatted(
                        what, trial.variant(), trial.seed(), Objects.requireNonNullElse(reason.getMessage(), reason));
        if (TOLD.compareAndSet(false, true)) {
            LOG.warn(line);
            listener.accept(line);
        } else {
            LOG.debug(line);
        }
    }
}
