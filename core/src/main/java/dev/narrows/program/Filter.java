package dev.narrows.program;

import dev.narrows.net.Conv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The weight that a convolution computes with, as it follows from the parameters that training keeps.
 *
 * @param conv channels, kernel, stride, padding and groups of the network's layer
 * @param weight (out, in / groups, kernel, kernel)
 * @param bias (out), where there is one
 * @param norm the batch norm that is folded into weight and bias, by its running statistics
 * @param from first input channel of the weight that is read
 * @param to input channel behind the last that is read: a concatenation may stay in parts
 * @param together neighbouring groups that are computed as one, by zeros between them; 1 where groups stay as they are
 */
public record Filter(
        Conv conv,
        Parameter weight,
        Optional<Parameter> bias,
        Optional<BatchNorm> norm,
        int from,
        int to,
        int together) {
    public Filter {
        if (from < 0 || to <= from || to > conv.in()) {
            throw new IllegalArgumentException("Cannot read input channels %d to %d of a %s".formatted(from, to, conv));
        }
        if (together < 1) {
            throw new IllegalArgumentException("Cannot compute %d groups of a %s as one".formatted(together, conv));
        }
    }

    /** The weight of a layer as it is. */
    public static Filter of(Conv conv, Parameter weight, Optional<Parameter> bias) {
        return new Filter(conv, weight, bias, Optional.empty(), 0, conv.in(), 1);
    }

    /** With a batch norm folded into it. */
    public Filter folding(BatchNorm folded) {
        return new Filter(conv, weight, bias, Optional.of(folded), from, to, together);
    }

    /** With so many neighbouring groups computed as one. */
    public Filter joining(int groups) {
        return new Filter(conv, weight, bias, norm, from, to, groups);
    }

    /** Reading some of the input channels only. */
    public Filter inputs(int first, int end) {
        return new Filter(conv, weight, bias, norm, first, end, together);
    }

    /** With another stride or padding, for an input that was prepared for it. */
    public Filter geometry(Conv other) {
        return new Filter(other, weight, bias, norm, from, to, together);
    }

    /** This weight with every parameter replaced. */
    public Filter with(UnaryOperator<Parameter> bound) {
        return new Filter(
                conv, bound.apply(weight), bias.map(bound), norm.map(folded -> folded.with(bound)), from, to, together);
    }

    /** True where all input channels are read. */
    public boolean whole() {
        return to - from == conv.in();
    }

    /** Groups that are computed, of an output with so many spare channels, which are groups of a depthwise one. */
    public int groups(int spare) {
        return (conv.depthwise() ? conv.groups() + spare : conv.groups()) / together;
    }

    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        all.add(weight);
        bias.ifPresent(all::add);
        norm.ifPresent(folded -> all.addAll(folded.parameters()));
        return all;
    }
}
