package dev.narrows.jobs.fanout;

import org.jspecify.annotations.Nullable;

/** The study cannot go on, for a reason that is not a trial's. Ended trials stay. */
public final class FanOutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unfit;

    public FanOutException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private FanOutException(String message, @Nullable Throwable cause, boolean unfit) {
        super(message, cause);
        this.unfit = unfit;
    }

    /** An error for a place that no trial can run at, as it is. */
    static FanOutException unfit(String message, Throwable cause) {
        return new FanOutException(message, cause, true);
    }

    /** True where the place has to be mended: it lacks something that the user gives it. */
    public boolean isUnfit() {
        return unfit;
    }
}
