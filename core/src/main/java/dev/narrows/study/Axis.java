package dev.narrows.study;

import dev.narrows.family.Knob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A knob and the plain values that it takes in turn; a knob with a single value does not vary.
 *
 * @param values of the types that {@link dev.narrows.family.Settings} names; for a knob that is solved for, null alone
 * @param given true where the study file gives it; otherwise it is the family's default
 * @param origin line of the values
 */
public record Axis(Knob<?> knob, List<@Nullable Object> values, boolean given, Origin origin) {
    public Axis {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** A knob for which there is no value, or not yet. */
    public static Axis none(Knob<?> knob, boolean given, Origin origin) {
        return new Axis(knob, Collections.singletonList(null), given, origin);
    }
}
