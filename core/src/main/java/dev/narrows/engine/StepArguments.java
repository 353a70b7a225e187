package dev.narrows.engine;

import dev.narrows.study.Optimizer;
import java.util.List;

/** The numbers that change with each step of an optimizer, in the order in which the module's {@code step} takes them. */
final class StepArguments {
    private StepArguments() {}

    /**
     * The rate, and AdamW's corrections of its two running means, which begin at zero; SGD reads no correction.
     *
     * @param number of the step, counted from 1
     */
    static List<Double> of(Optimizer optimizer, double rate, int number) {
        return optimizer instanceof Optimizer.AdamW adamW
                ? List.of(rate, 1 - Math.pow(adamW.beta1(), number), Math.sqrt(1 - Math.pow(adamW.beta2(), number)))
                : List.of(rate, 1.0, 1.0);
    }
}
