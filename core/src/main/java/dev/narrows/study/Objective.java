package dev.narrows.study;

import java.io.Serializable;

/** A measure that a choice is made by. */
public record Objective(Measure measure, Direction direction) implements Serializable {
    /** The better direction of a measure. */
    public enum Direction {
        MAXIMIZE,
        MINIMIZE
    }
}
