package dev.narrows.program.rule;

import dev.narrows.net.Activation;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Activations and sums take the memory of an input that nobody else reads, not even a backward pass. The last rule: a
 * later one would have to keep its promises.
 */
final class InPlace implements Rule {
    private final boolean training;

    /** @param training true where a backward pass reads what the steps leave */
    InPlace(boolean training) {
        this.training = training;
    }

    @Override
    public Program apply(Program program) {
        Map<Tensor, List<Step>> readers = program.readers();
        Set<Tensor> owned = new HashSet<>();
        Rewriting rewritten = new Rewriting(program);
        for (Step step : program.steps()) {
            Step now = step;
            if (step instanceof Step.Activate activation) {
                boolean inPlace = owned.contains(activation.in()) && overwrites(activation.kind());
                now = new Step.Activate(activation.in(), activation.kind(), inPlace, activation.out());
            } else if (step instanceof Step.Add sum) {
                now = new Step.Add(
                        sum.terms(),
                        sum.terms().stream().filter(owned::contains).collect(Collectors.toUnmodifiableSet()),
                        sum.out());
            }
            rewritten.emit(now);
            if (step.output().isPresent()
                    && gives(step)
                    && readOnce(step.output().get(), readers)) {
                owned.add(step.output().get());
            }
        }
        return rewritten.done();
    }

    private boolean overwrites(Activation.Kind kind) {
        return switch (kind) {
            case RELU -> true;
            // The backward pass of a ReLU6 reads its input: in place, libtorch would copy it first.
            case RELU6 -> !training;
            case GELU -> false;
        };
    }

    /** True of a step whose output is memory of its own that a backward pass does not read. */
    private boolean gives(Step step) {
        // Views share their input's memory, and the backward pass reads what an activation gave.
        return !(step instanceof Step.CutOut
                || step instanceof Step.FlattenMaps
                || (step instanceof Step.Activate && training));
    }

    /** A measurement reads before anybody overwrites. */
    private static boolean readOnce(Tensor tensor, Map<Tensor, List<Step>> readers) {
        return readers.getOrDefault(tensor, List.of()).stream()
                        .filter(step -> !(step instanceof Step.MeasureTap))
                        .count()
                == 1;
    }
}
