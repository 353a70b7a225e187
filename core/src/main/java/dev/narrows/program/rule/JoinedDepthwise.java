package dev.narrows.program.rule;

import dev.narrows.net.Conv;
import dev.narrows.program.Filter;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.function.Predicate;

/**
 * Depthwise convolutions in groups of several channels, by a weight that is zero between the channels of a group.
 *
 * <p>The sums are the same, with as many more multiplications by zero. Where the library's kernel for depthwise
 * convolutions is slow, as its backward pass is in bf16, its kernel for groups takes less time all the same. Channels
 * that are no multiple of a group stay as they are.
 */
final class JoinedDepthwise implements Rule {
    /** Side of the smallest window that counts as large. */
    static final int LARGE = 5;

    private static final int SIXTEEN = 16;
    private static final int THIRTY_TWO = 32;

    /** Side of the smallest images that gain from larger groups where the convolution has a stride. */
    private static final int SIDE = 28;

    private final int channels;
    private final Predicate<Step.Convolve> joins;

    private JoinedDepthwise(int channels, Predicate<Step.Convolve> joins) {
        this.channels = channels;
        this.joins = joins;
    }

    /** Windows of 5x5 and more without a stride, in groups of sixteen channels. */
    static JoinedDepthwise large() {
        return new JoinedDepthwise(SIXTEEN, step -> {
            Conv conv = step.filter().conv();
            return conv.stride() == 1 && conv.kernel() >= LARGE;
        });
    }

    /** Smaller windows with a stride over images of 28x28 and more, in groups of thirty-two channels. */
    static JoinedDepthwise strided() {
        return new JoinedDepthwise(THIRTY_TWO, step -> {
            Conv conv = step.filter().conv();
            return conv.stride() > 1
                    && conv.kernel() < LARGE
                    && Math.min(step.in().shape().height(), step.in().shape().width()) >= SIDE;
        });
    }

    @Override
    public Program apply(Program program) {
        return program.withSteps(program.steps().stream()
                .map(step -> step instanceof Step.Convolve conv ? joined(conv) : step)
                .toList());
    }

    private Step joined(Step.Convolve step) {
        Filter filter = step.filter();
        boolean suited = filter.conv().depthwise()
                && filter.together() == 1
                && filter.groups(step.out().spare()) % channels == 0;
        return suited && joins.test(step) ? new Step.Convolve(step.in(), filter.joining(channels), step.out()) : step;
    }
}
