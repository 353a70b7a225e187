package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.study.Limits;
import dev.narrows.study.Study;
import java.util.Locale;
import java.util.Optional;

/** Holds variants against what they may cost at most. */
final class Limiter {
    private final Limits limits;

    Limiter(Study study) {
        this.limits = study.limits();
    }

    /**
     * Why a network is refused, where it is.
     *
     * @param label of the variant
     */
    Optional<String> over(String label, Cost cost) {
        return over(label, "params", cost.params(), limits.params())
                .or(() -> over(label, "macs", cost.macs(), limits.macs()))
                .or(() -> over(label, "activations", cost.activations(), limits.activations()));
    }

    private static Optional<String> over(String label, String measure, long value, Optional<Long> limit) {
        if (limit.isEmpty() || value <= limit.get()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT, "Cannot plan %s: %,d %s are over the limit of %,d", label, value, measure, limit.get()));
    }
}
