package dev.narrows.trial;

/** The state of a trial's record, which follows from the last of its events. */
public enum TrialState {
    /** Nothing of it has begun. */
    WAITING,
    /** An attempt has begun. Only the driver knows if its process still lives. */
    RUNNING,
    /** An attempt has stopped where it can go on. */
    PAUSED,
    /** The last attempt has a result. */
    ENDED;

    /** The name in messages. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
