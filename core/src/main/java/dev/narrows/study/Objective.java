package dev.narrows.study;

import java.io.Serializable;
import java.util.Locale;

/** A measure that a choice is made by. */
public record Objective(Measure measure, Direction direction) implements Serializable {
    /** As a study file has it: {@code maximize validation_accuracy}. */
    public String words() {
        return "%s %s".formatted(direction.name().toLowerCase(Locale.ROOT), measure);
    }

    /** The better direction of a measure. */
    public enum Direction {
        MAXIMIZE,
        MINIMIZE
    }
}
