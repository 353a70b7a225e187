package dev.narrows.study;

/** The task that a study asks for. */
public enum TaskChoice {
    /** Whichever the set has the answers for; labels go before masks. */
    AUTO,
    CLASSIFICATION,
    SEGMENTATION;

    /** Whether a set may be used so. */
    public boolean allows(Task task) {
        return this == AUTO || name().equals(task.name());
    }
}
