package dev.narrows.study;

import dev.narrows.family.Family;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A knob of whole numbers whose value is found instead of given, so that every variant costs the same.
 *
 * <pre>{@code
 * mid = { solve-for = macs, equal = 20000000, tolerance = 0.02 }               # a number
 * mid = { solve-for = macs, equal = { cardinality = 1, mid = 64 } }            # this variant with other knobs
 * mid = { solve-for = params, equal = { family = bottleneck, mid-ratio = 0.25 } }  # a variant of another family
 * mid = { solve-for = macs, equal = "of: cardinality=1 mid=64" }               # the second, in one string
 * }</pre>
 *
 * @param knob the name of the knob
 * @param measure the cost that is to be equal
 * @param target what it is to be equal to
 * @param tolerance how far the cost found may be off, as a share of the target
 * @param multipleOf what the value must be a multiple of, beyond what the family itself asks for
 */
public record Solve(String knob, CostMeasure measure, Target target, double tolerance, int multipleOf, Origin origin) {
    /** What a cost is to be equal to. */
    public sealed interface Target {}

    /** A number of the measure's unit. */
    public record Amount(long value) implements Target {}

    /**
     * The cost of another variant. A knob that is not named keeps this variant's value where the family is the same or
     * has a knob of that name that takes the value, and is at its default otherwise; so is the knob that is solved for.
     *
     * @param named plain values of the knobs that are named
     * @param defaults plain values of every knob of the family
     */
    public record Like(Family family, Map<String, @Nullable Object> named, Map<String, @Nullable Object> defaults)
            implements Target {
        public Like {
            named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
            defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        }
    }
}
