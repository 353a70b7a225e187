package dev.narrows.study;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A knob and the plain values that it takes in turn; a single value is a knob that stands still.
 *
 * @param values of the types that {@link dev.narrows.family.Settings} names; for a knob that is solved for, its default
 * @param given whether the study file says it; otherwise it is the family's default
 * @param origin where the values stand
 */
public record Axis(String knob, List<@Nullable Object> values, boolean given, Origin origin) implements Serializable {
    public Axis {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
