package dev.narrows.program.rule;

import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Channels of zeros behind those of a narrow middle, for training in fp32.
 *
 * <p>libtorch's batch norm takes eight fp32 channels of a position at a time, and the one to seven that are left over
 * cost up to eight times as much as if they were eight: a norm of 12 channels runs six times as long as one of 16. So
 * where a convolution, a batch norm and activations stand before another convolution, the first gives zeros up to a
 * multiple of eight, which the norm and the activations keep at zero, and the second ignores.
 */
final class SpareChannels implements Rule {
    private static final int LANES = 8;

    @Override
    public Program apply(Program program) {
        Map<Tensor, List<Step>> readers = program.readers();
        Map<Tensor, Integer> spare = new HashMap<>();
        for (Step step : program.steps()) {
            if (step instanceof Step.Convolve conv && conv.filter().conv().groups() == 1) {
                int channels = Math.floorMod(-conv.filter().conv().out(), LANES);
                if (channels > 0) {
                    between(conv, program, readers)
                            .ifPresent(path -> path.forEach(tensor -> spare.put(tensor, channels)));
                }
            }
        }
        Rewriting widened = new Rewriting(program);
        for (Step step : program.steps()) {
            step.output().ifPresent(tensor -> widened.replace(tensor, tensor.withSpare(spare.getOrDefault(tensor, 0))));
            widened.keep(step);
        }
        return widened.done();
    }

    /** The tensors from a convolution to the one that ignores the spare channels; empty where there is none. */
    private static Optional<List<Tensor>> between(
            Step.Convolve from, Program program, Map<Tensor, List<Step>> readers) {
        if (from.filter().bias().isPresent() || !(next(from, program, readers) instanceof Step.NormaliseBatch norm)) {
            return Optional.empty();
        }
        List<Tensor> path = new ArrayList<>(List.of(from.out(), norm.out()));
        Step last = norm;
        Step step = next(norm, program, readers);
        while (step != last && step instanceof Step.Activate activation) {
            path.add(activation.out());
            last = activation;
            step = next(activation, program, readers);
        }
        if (!(step instanceof Step.Convolve conv)) {
            return Optional.empty();
        }
        if (conv.filter().conv().groups() == 1) {
            return Optional.of(path);
        }
        return conv.filter().conv().depthwise()
                ? between(conv, program, readers).map(further -> {
                    path.addAll(further);
                    return path;
                })
                : Optional.empty();
    }

    /** The step behind another in its part of the tree; the step itself where there is none. */
    private static Step next(Step.Single step, Program program, Map<Tensor, List<Step>> readers) {
        return program.next(step.out(), readers).orElse(step);
    }
}
