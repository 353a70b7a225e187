package dev.narrows.jobs.fanout;

import org.jspecify.annotations.Nullable;

/** The study cannot go on, for a reason that is no trial's. What ended before stays. */
public final class FanOutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FanOutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
