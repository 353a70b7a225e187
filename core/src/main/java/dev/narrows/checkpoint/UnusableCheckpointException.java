package dev.narrows.checkpoint;

/**
 * A checkpoint that cannot be read: it is damaged, of another format, or too large for the memory. The message is the
 * reason.
 */
public final class UnusableCheckpointException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableCheckpointException(String reason) {
        super(reason);
    }

    public UnusableCheckpointException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
