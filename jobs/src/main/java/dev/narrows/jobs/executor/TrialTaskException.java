package dev.narrows.jobs.executor;

/** A task could not do its work for a reason that is not the trial's: no engine, no images, no room for the row. */
final class TrialTaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrialTaskException(Exception cause) {
        super(cause);
    }
}
