package dev.narrows.cost;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.rule.Rules;

/**
 * The amounts that the time of a training step follows: those of one image, of the program that the engine runs in
 * {@link Form#CHANNELS_LAST}, and the number of its operations.
 *
 * @param macs multiply-accumulates of every layer but depthwise convolutions
 * @param depthwiseMacs multiply-accumulates of depthwise convolutions, whose reads no cache line serves twice
 * @param convolved elements that convolutions read and write
 * @param moved elements that norms, activations, additions, concatenations and copies write
 * @param windowed elements that the windows of poolings read, each as often as a window covers it
 * @param operations calls into the library in a forward pass, each with a cost of its own for a whole batch
 */
public record Work(
        double macs, double depthwiseMacs, double convolved, double moved, double windowed, double operations) {
    /** No work. */
    static final Work NONE = new Work(0, 0, 0, 0, 0, 0);

    /**
     * The work of a network in fp32 for one input of this shape.
     *
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     */
    public static Work of(Layer network, Shape input) {
        Working working = new Working();
        return Rules.training(network, input, ElementType.FP32, Form.CHANNELS_LAST).steps().stream()
                .map(step -> step.accept(working))
                .reduce(NONE, Work::plus);
    }

    private Work plus(Work other) {
        return new Work(
                macs + other.macs,
                depthwiseMacs + other.depthwiseMacs,
                convolved + other.convolved,
                moved + other.moved,
                windowed + other.windowed,
                operations + other.operations);
    }
}
