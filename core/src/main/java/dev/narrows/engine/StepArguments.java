package dev.narrows.engine;

import dev.narrows.study.Optimizer;
import java.util.List;

/**
 * The numbers that change with each step of an optimizer, in the order in which the module's {@code step} takes them.
 */
final class StepArguments {
    private StepArguments() {}

    /**
     * The rate, and the optimizer's corrections.
     *
     * @param number of the step, counted from 1
     */
    static List<Double> of(Optimizer optimizer, double rate, int number) {
        List<Double> corrections = optimizer.corrections(number);
        return List.of(rate, corrections.get(0), corrections.get(1));
    }
}
