package dev.narrows.cost;

import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The gradients of activations in a backward pass, which goes through the steps in reverse.
 *
 * <p>A gradient lives from the step that gives it to the step that wrote its tensor, so it waits where a tensor has
 * other readers before. The gradient of a concatenation lives until each of its parts, which are views of it, has been
 * taken.
 */
final class Gradients {
    /**
     * A step as the backward pass meets it.
     *
     * @param kept bytes that the forward pass has kept up to this step
     * @param output bytes of the gradient of what it wrote
     * @param input bytes of the gradient of what it read
     * @param weight bytes of the gradient of its weight, and of what the step needs beside
     */
    private record Part(Step step, long kept, long output, long input, long weight) {}

    /** The gradient of a concatenation, and the number of its parts that are still to be taken. */
    private static final class Whole {
        private final long bytes;
        private int parts;

        private Whole(long bytes, int parts) {
            this.bytes = bytes;
            this.parts = parts;
        }
    }

    /** A gradient that waits: memory of its own, or views. */
    private record Waiting(long bytes, List<Whole> views) {}

    private final List<Part> parts = new ArrayList<>();
    private final Map<Tensor, Waiting> waiting = new HashMap<>();
    private long alive;
    private long peak;

    /** Notes a step of the forward pass. */
    void step(Step step, long kept, long output, long input, long weight) {
        parts.add(new Part(step, kept, output, input, weight));
    }

    /**
     * The most bytes of a backward pass at one time: what is kept, gradients that wait, and those of one step.
     *
     * @param bytes of the gradient of a tensor
     */
    long peak(ToLongFunction<Tensor> bytes) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            List<Whole> views = part.step().output().map(this::take).orElse(List.of());
            if (part.step() instanceof Step.Concatenate concatenation) {
                Whole whole = new Whole(part.output(), concatenation.parts().size());
                grow(whole.bytes);
                concatenation.parts().forEach(tensor -> give(tensor, new Waiting(0, List.of(whole)), bytes));
            } else {
                long gradients = Math.addExact(Math.addExact(part.output(), part.input()), part.weight());
                peak = Math.max(peak, Math.addExact(Math.addExact(part.kept(), alive), gradients));
                for (Tensor tensor : part.step().inputs()) {
                    give(tensor, new Waiting(bytes.applyAsLong(tensor), List.of()), bytes);
                }
            }
            views.forEach(this::taken);
        }
        return peak;
    }

    /** Takes the gradient of a tensor; gives the concatenations that it is a view of. */
    private List<Whole> take(Tensor tensor) {
        Waiting gradient = waiting.remove(tensor);
        if (gradient == null) {
            return List.of();
        }
        alive -= gradient.bytes();
        return gradient.views();
    }

    /** Lets a gradient wait for its step, added to what waits there already. */
    private void give(Tensor tensor, Waiting gradient, ToLongFunction<Tensor> bytes) {
        Waiting before = waiting.get(tensor);
        if (before == null) {
            waiting.put(tensor, gradient);
            grow(gradient.bytes());
            return;
        }
        // A sum is memory of its own, and reads the views that it is made of.
        long own = bytes.applyAsLong(tensor);
        grow(own - before.bytes());
        before.views().forEach(this::taken);
        gradient.views().forEach(this::taken);
        waiting.put(tensor, new Waiting(own, List.of()));
    }

    private void taken(Whole whole) {
        whole.parts--;
        if (whole.parts == 0) {
            alive -= whole.bytes;
        }
    }

    private void grow(long more) {
        alive = Math.addExact(alive, more);
    }
}
