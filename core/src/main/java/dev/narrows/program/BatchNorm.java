package dev.narrows.program;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The parameters of a batch norm, or of a span of its channels.
 *
 * @param weight γ, (C)
 * @param bias β, (C)
 * @param mean running mean, (C)
 * @param variance running variance, (C)
 * @param epsilon added to the variance
 * @param from first channel of the span
 * @param to channel behind the last of the span
 */
public record BatchNorm(
        Parameter weight, Parameter bias, Parameter mean, Parameter variance, double epsilon, int from, int to) {
    public BatchNorm {
        if (from < 0 || to <= from || to > weight.shape().elements()) {
            throw new IllegalArgumentException("Cannot take channels %d to %d of %s: it has %d"
                    .formatted(from, to, weight.name(), weight.shape().elements()));
        }
    }

    /** All channels of a batch norm. */
    public static BatchNorm whole(
            Parameter weight, Parameter bias, Parameter mean, Parameter variance, double epsilon) {
        return new BatchNorm(
                weight, bias, mean, variance, epsilon, 0, weight.shape().elements());
    }

    public int channels() {
        return to - from;
    }

    /** True where the span is every channel of the parameters. */
    public boolean whole() {
        return channels() == weight.shape().elements();
    }

    /** A part of this span, counted from its first channel. */
    public BatchNorm span(int first, int end) {
        return new BatchNorm(weight, bias, mean, variance, epsilon, from + first, from + end);
    }

    /** This norm with every parameter replaced. */
    public BatchNorm with(UnaryOperator<Parameter> bound) {
        return new BatchNorm(
                bound.apply(weight), bound.apply(bias), bound.apply(mean), bound.apply(variance), epsilon, from, to);
    }

    public List<Parameter> parameters() {
        return List.of(weight, bias, mean, variance);
    }
}
