package dev.narrows.study;

import dev.narrows.family.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A knob of whole numbers whose value is found instead of given, so that every variant costs the same.
 *
 * <pre>{@code
 * mid = { solve-for = macs, equal = 20000000, tolerance = 0.02 }                   # a number
 * mid = { solve-for = macs, equal = { cardinality = 1, mid = 64 } }                # this variant with other knobs
 * mid = { solve-for = macs, equal = "of: cardinality=1 mid=64" }                   # the same in one string
 * expansion = { solve-for = macs, equal = { family = bottleneck, mid-ratio = 0.25 } }
 * widths = { solve-for = params, equal = 200000, times = [1, 2, 4], multiple-of = 8 }
 * }</pre>
 *
 * @param knob the name of the knob
 * @param measure the cost that is to be equal
 * @param target the cost that is to be met
 * @param tolerance largest deviation of the cost found, as a share of the target
 * @param multipleOf number that the value must be a multiple of, beyond the family's own rules
 * @param times for a knob that is a list or goes by stage, the factor of each entry; empty for the value alone
 */
public record Solve(
        String knob,
        CostMeasure measure,
        Goal target,
        double tolerance,
        int multipleOf,
        List<Integer> times,
        Origin origin) {
    public Solve {
        times = List.copyOf(times);
    }

    /** The plain value of the knob for one number. */
    public Object value(int number) {
        if (times.isEmpty()) {
            return number;
        }
        List<Integer> values = new ArrayList<>(times.size());
        for (int factor : times) {
            values.add(Math.multiplyExact(number, factor));
        }
        return List.copyOf(values);
    }

    /** The cost that is to be met. */
    public sealed interface Goal {}

    /** A number of the measure's unit. */
    public record Amount(long value) implements Goal {}

    /**
     * The cost of another variant. A knob that {@code equal} does not name is what this grid gives for it, where the
     * other family has a knob of that name that takes the value; else it is at its default, and so is the knob that is
     * solved for.
     *
     * @param settings plain values of every knob of the family, where they are not kept
     * @param kept the knobs whose values are those of the variant that is solved
     */
    public record Like(Family family, Map<String, @Nullable Object> settings, Set<String> kept) implements Goal {
        public Like {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            kept = Set.copyOf(kept);
        }
    }
}
