package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.net.Layer;
import dev.narrows.study.Limits;
import dev.narrows.study.Study;
import dev.narrows.trial.TrainingStep;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks variants against the limits of a study. */
final class Limiter {
    private final Limits limits;
    private final List<TrainingStep> steps;

    Limiter(Study study) {
        this.limits = study.limits();
        this.steps = study.training().stream().map(TrainingStep::of).distinct().toList();
    }

    /**
     * The reason why a network is over a limit; empty where it is not.
     *
     * @param label of the variant
     */
    Optional<String> over(String label, Layer network, Cost cost, Study.Input input) {
        return over(label, "params", cost.params(), limits.params())
                .or(() -> over(label, "macs", cost.macs(), limits.macs()))
                .or(() -> over(label, "activations", cost.activations(), limits.activations()))
                .or(() -> limits.trainingMemoryBytes().isPresent()
                        ? over(
                                label,
                                "bytes to train it",
                                largest(network, input).orElse(0),
                                limits.trainingMemoryBytes())
                        : Optional.empty());
    }

    private OptionalLong largest(Layer network, Study.Input input) {
        return steps.stream()
                .mapToLong(step -> step.bytes(network, input.shape()))
                .max();
    }

    private static Optional<String> over(String label, String measure, long value, Optional<Long> limit) {
        if (limit.isEmpty() || value <= limit.get()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT, "Cannot plan %s: %,d %s are over the limit of %,d", label, value, measure, limit.get()));
    }
}
