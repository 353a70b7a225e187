package dev.narrows.study;

/** The task that a study asks for. */
public enum TaskChoice {
    /** The task that the set has answers for; labels take precedence over masks. */
    AUTO,
    CLASSIFICATION,
    SEGMENTATION;

    /** True where images of this task may be used. */
    public boolean allows(Task task) {
        return this == AUTO || name().equals(task.name());
    }
}
