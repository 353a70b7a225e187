package dev.narrows.jobs.fanout;

/** The study cannot go on, for a reason that is no trial's. What ended before stays. */
public final class FanOutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FanOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
