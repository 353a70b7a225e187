package dev.narrows.jobs.training;

import dev.narrows.trial.Trial;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The warning of a process that checkpoints cannot be written: once, since a full disk stays full. */
final class CheckpointTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointTrouble.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static volatile Consumer<String> listener = line -> {};

    private CheckpointTrouble() {}

    /** Sends the warning of the run that begins to a listener too; the log always has it. */
    static void to(Consumer<String> lines) {
        TOLD.set(false);
        listener = lines;
    }

    static void tell(Trial trial, Throwable reason) {
        String line = "Cannot keep the checkpoint of %s seed=%d: %s; trials go on without"
                .formatted(trial.variant(), trial.seed(), Objects.requireNonNullElse(reason.getMessage(), reason));
        if (TOLD.compareAndSet(false, true)) {
            LOG.warn(line);
            listener.accept(line);
        } else {
            LOG.debug(line);
        }
    }
}
