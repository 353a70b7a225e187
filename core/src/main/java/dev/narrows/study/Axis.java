package dev.narrows.study;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A knob and the plain values that it takes in turn; a single value is a knob that stands still.
 *
 * @param line the line of the study file where the values stand, or 0 for a default
 */
public record Axis(String knob, List<@Nullable Object> values, int line) implements Serializable {
    public Axis {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
