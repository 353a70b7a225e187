package dev.narrows.program.rule;

import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Layout;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that is written from another, step by step: which tensor stands for each one of the other, and new ones.
 */
final class Rewriting {
    private final Program from;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Tensor, Tensor> replaced = new HashMap<>();
    private int next;

    Rewriting(Program from) {
        this.from = from;
        next = from.nextNumber();
    }

    /** The tensor that stands for one of the other program: itself until it is replaced. */
    Tensor now(Tensor tensor) {
        return replaced.getOrDefault(tensor, tensor);
    }

    /** Lets a tensor stand for one of the other program. */
    void replace(Tensor tensor, Tensor by) {
        replaced.put(tensor, by);
    }

    /** A tensor that no step has. */
    Tensor fresh(Shape shape, ElementType type, Layout layout, int spare) {
        return new Tensor(next++, shape, type, layout, spare);
    }

    /** A tensor that no step has, like another but for its number. */
    Tensor fresh(Tensor like) {
        return fresh(like.shape(), like.type(), like.layout(), like.spare());
    }

    /** Adds a step of the new program. */
    void emit(Step step) {
        steps.add(step);
    }

    /** Adds a step of the other program, with tensors replaced. */
    void keep(Step step) {
        steps.add(step.with(this::now));
    }

    /** The program with the steps that were added. */
    Program done() {
        return new Program(from.input(), steps, now(from.output()), from.parameters(), from.seams(), from.form());
    }
}
