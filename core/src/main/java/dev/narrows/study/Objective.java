package dev.narrows.study;

import java.io.Serializable;

/** A measure that a choice is made by. */
public record Objective(Measure measure, Direction direction) implements Serializable {
    /** Whether more or less of it is better. */
    public enum Direction {
        MAXIMIZE,
        MINIMIZE
    }
}
