package dev.narrows.program.rule;

import dev.narrows.net.Activation;
import dev.narrows.program.BatchNorm;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The batch norm and activation with which every branch of a concatenation ends, as in Inception, move behind it.
 *
 * <p>Both treat each channel by itself, so they may as well stand once behind the concatenation, over the channels of
 * all branches: one wide norm instead of several narrow ones, and gradients that reach the activation whole instead of
 * as slices. The bits are the same; the ends of a module of 32 channels at 28x28 take a quarter of the time.
 */
final class CommonEnd implements Rule {
    /**
     * The end of one branch.
     *
     * @param steps norm and activation, which go away
     */
    private record End(Tensor body, BatchNorm norm, Optional<Activation.Kind> activation, List<Step> steps) {}

    @Override
    public Program apply(Program program) {
        Map<Tensor, Step> writers = program.writers();
        Map<Tensor, List<Step>> readers = program.readers();
        Map<Step, List<End>> ends = new HashMap<>();
        Set<Step> gone = new HashSet<>();
        for (Step step : program.steps()) {
            if (step instanceof Step.Concatenate concatenation) {
                List<End> common = ends(concatenation, writers, readers);
                if (!common.isEmpty()) {
                    ends.put(step, common);
                    common.forEach(end -> gone.addAll(end.steps()));
                }
            }
        }
        Rewriting moved = new Rewriting(program);
        for (Step step : program.steps()) {
            if (ends.containsKey(step)) {
                moveBehind((Step.Concatenate) step, ends.get(step), moved);
            } else if (!gone.contains(step)) {
                moved.emit(step);
            }
        }
        return moved.done();
    }

    /** The end of each branch where all end alike; else none. */
    private static List<End> ends(
            Step.Concatenate concatenation, Map<Tensor, Step> writers, Map<Tensor, List<Step>> readers) {
        List<End> ends = new ArrayList<>();
        for (Tensor part : concatenation.parts()) {
            Optional<End> end = end(part, writers, readers);
            if (end.isEmpty()
                    || (!ends.isEmpty()
                            && !end.get().activation().equals(ends.get(0).activation()))) {
                return List.of();
            }
            ends.add(end.get());
        }
        return ends;
    }

    private static Optional<End> end(Tensor part, Map<Tensor, Step> writers, Map<Tensor, List<Step>> readers) {
        List<Step> steps = new ArrayList<>();
        Optional<Activation.Kind> activation = Optional.empty();
        Tensor tensor = part;
        if (writers.get(tensor) instanceof Step.Activate last && alone(tensor, readers)) {
            activation = Optional.of(last.kind());
            steps.add(last);
            tensor = last.in();
        }
        return writers.get(tensor) instanceof Step.NormaliseBatch norm
                        && norm.byBatch()
                        && norm.norms().size() == 1
                        && alone(tensor, readers)
                        && alone(norm.in(), readers)
                ? Optional.of(new End(norm.in(), norm.norms().get(0), activation, plus(steps, norm)))
                : Optional.empty();
    }

    private static List<Step> plus(List<Step> steps, Step step) {
        steps.add(step);
        return steps;
    }

    private static boolean alone(Tensor tensor, Map<Tensor, List<Step>> readers) {
        return readers.getOrDefault(tensor, List.of()).size() == 1;
    }

    private static void moveBehind(Step.Concatenate concatenation, List<End> ends, Rewriting moved) {
        Tensor out = concatenation.out();
        Optional<Activation.Kind> activation = ends.get(0).activation();
        Tensor joined = moved.fresh(out);
        Tensor normed = activation.isPresent() ? moved.fresh(out) : out;
        moved.emit(new Step.Concatenate(ends.stream().map(End::body).toList(), joined));
        moved.emit(new Step.NormaliseBatch(joined, ends.stream().map(End::norm).toList(), true, normed));
        activation.ifPresent(kind -> moved.emit(new Step.Activate(normed, kind, false, out)));
    }
}
