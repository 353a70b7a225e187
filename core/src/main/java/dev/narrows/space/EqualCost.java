package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.family.Settings;
import dev.narrows.net.ShapeException;
import dev.narrows.study.Solve;
import dev.narrows.study.Study;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of one knob at which a variant meets a target cost.
 *
 * <p>The value is doubled until the cost has passed the target or goes away from it; then the interval between the two
 * values around the target is halved. Values that cannot be built, such as groups that do not divide the channels, are
 * skipped. Cost is monotonic in every knob of the families here; for a family where it is not, the result is one
 * crossing of several.
 */
final class EqualCost {
    /** Number of values tried to find one that can be built: more than any cardinality in use. */
    private static final int GAP = 4096;

    private static final int LARGEST = 1 << 24;

    private final Family family;
    private final Solve solve;
    private final Study.Input input;
    private final long factor;

    /** @param factor factor from one cost to the measure's unit */
    EqualCost(Family family, Solve solve, Study.Input input, long factor) {
        this.family = family;
        this.solve = solve;
        this.input = input;
        this.factor = factor;
    }

    /**
     * The variant with the knob at the value that was found.
     *
     * @throws IllegalArgumentException where no value comes near enough, or none can be built
     */
    Settings solved(Settings variant) {
        long target = target(variant);
        Search search = new Search(variant, target);
        int value = search.nearest();
        long cost = search.cost(value);
        if (Math.abs(cost - target) > solve.tolerance() * target) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Cannot make %s equal %,d by %s: the nearest is %s = %s with %,d, %.1f %% off and over"
                            + " the tolerance of %s %%",
                    measure(),
                    target,
                    solve.knob(),
                    solve.knob(),
                    plain(value),
                    cost,
                    100.0 * Math.abs(cost - target) / target,
                    percent(solve.tolerance())));
        }
        return variant.with(solve.knob(), plain(value));
    }

    private Object plain(int multiples) {
        return solve.value(Math.multiplyExact(multiples, solve.multipleOf()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share).replaceFirst("\\.?0+$", "");
    }

    private String measure() {
        return Knob.word(solve.measure());
    }

    private long target(Settings variant) {
        if (solve.target() instanceof Solve.Amount amount) {
            return amount.value();
        }
        Solve.Like like = (Solve.Like) solve.target();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        like.family()
                .knobs()
                .forEach(knob -> values.put(
                        knob.name(),
                        like.kept().contains(knob.name())
                                ? variant.values().get(knob.name())
                                : like.settings().get(knob.name())));
        try {
            return cost(like.family(), new Settings(values));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Cannot tell what %s is to equal by %s: %s".formatted(measure(), solve.knob(), e.getMessage()), e);
        }
    }

    private long cost(Family of, Settings settings) {
        Cost cost = Cost.of(of.build(settings, input.shape(), input.classes()), input.shape());
        long one = switch (solve.measure()) {
            case PARAMS -> cost.params();
            case MACS, TRAINING_MACS -> cost.macs();
            case ACTIVATIONS -> cost.activations();
        };
        return Math.multiplyExact(one, factor);
    }

    /** One search over multiples of what the value must be a multiple of, which remembers what it has built. */
    private final class Search {
        private final Settings variant;
        private final long target;
        private final Map<Integer, Long> costs = new HashMap<>();
        private String refusal = "";

        Search(Settings variant, long target) {
            this.variant = variant;
            this.target = target;
        }

        int nearest() {
            int low = first(1, GAP)
                    .orElseThrow(
                            () -> new IllegalArgumentException("Cannot solve for %s: no value up to %d can be built: %s"
                                    .formatted(solve.knob(), (long) GAP * solve.multipleOf(), refusal)));
            OptionalInt high = OptionalInt.of(low);
            while (high.isPresent() && sameSide(low, high.getAsInt()) && off(high.getAsInt()) <= off(low)) {
                low = high.getAsInt();
                high = low > LARGEST ? OptionalInt.empty() : further(low);
            }
            if (high.isPresent() && !sameSide(low, high.getAsInt())) {
                close(low, high.getAsInt());
            }
            return costs.keySet().stream()
                    .min((one, other) -> {
                        int nearer = Long.compare(off(one), off(other));
                        return nearer != 0 ? nearer : Integer.compare(one, other);
                    })
                    .orElseThrow();
        }

        /** The first value that can be built from twice the low one on, or the last before that. */
        private OptionalInt further(int low) {
            OptionalInt up = first(2 * low, Math.min(3 * low, 2 * low + GAP));
            return up.isPresent() ? up : last(2 * low - 1, Math.max(low + 1, 2 * low - GAP));
        }

        private void close(int from, int to) {
            int low = from;
            int high = to;
            while (high - low > 1) {
                int middle = low + (high - low) / 2;
                OptionalInt between = first(middle, Math.min(high - 1, middle + GAP));
                if (between.isEmpty()) {
                    between = last(middle - 1, Math.max(low + 1, middle - GAP));
                }
                if (between.isEmpty()) {
                    return;
                }
                if (sameSide(low, between.getAsInt())) {
                    low = between.getAsInt();
                } else {
                    high = between.getAsInt();
                }
            }
        }

        private boolean sameSide(int one, int other) {
            return cost(one) < target == cost(other) < target;
        }

        private long off(int value) {
            return Math.abs(cost(value) - target);
        }

        long cost(int value) {
            return Objects.requireNonNull(costs.get(value));
        }

        private OptionalInt first(int from, int to) {
            for (int value = from; value <= to; value++) {
                if (builds(value)) {
                    return OptionalInt.of(value);
                }
            }
            return OptionalInt.empty();
        }

        private OptionalInt last(int from, int to) {
            for (int value = from; value >= to; value--) {
                if (builds(value)) {
                    return OptionalInt.of(value);
                }
            }
            return OptionalInt.empty();
        }

        private boolean builds(int value) {
            if (costs.containsKey(value)) {
                return true;
            }
            try {
                costs.put(value, EqualCost.this.cost(family, variant.with(solve.knob(), plain(value))));
                return true;
            } catch (IllegalArgumentException | ShapeException | ArithmeticException e) {
                refusal = String.valueOf(e.getMessage());
                return false;
            }
        }
    }
}
