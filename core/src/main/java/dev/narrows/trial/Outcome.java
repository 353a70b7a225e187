package dev.narrows.trial;

/** The end of a trial, or of a variant that never became one. Failure is data: none of these stops the others. */
public enum Outcome {
    COMPLETED,
    /** The loss was NaN or infinite. */
    DIVERGED,
    OUT_OF_MEMORY,
    /** Anything else that a trial threw. */
    FAILED,
    TIMED_OUT,
    /** A search stopped it between two epochs, and may let it go on from its checkpoint. */
    PAUSED,
    /** Its process died, twice, with nothing else running. */
    CRASHED,
    /** It could not be built, or is over a limit; nothing ran. */
    REJECTED;

    /** The name in tables and messages: {@code out-of-memory}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** True where the trial has what a study needs of it: {@code run} exits 0 when all have. */
    public boolean counts() {
        return this == COMPLETED || this == DIVERGED || this == PAUSED;
    }
}
