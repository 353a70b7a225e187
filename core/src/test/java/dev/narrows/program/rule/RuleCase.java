package dev.narrows.program.rule;

import dev.narrows.net.Activation;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import dev.narrows.program.Check;
import dev.narrows.program.Lowering;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;

/** Small networks for the tests of rules, and a rule applied to one, with the laws of programs held. */
final class RuleCase {
    static final Layer RELU = new Activation(Activation.Kind.RELU);
    static final Layer RELU6 = new Activation(Activation.Kind.RELU6);
    static final Layer GELU = new Activation(Activation.Kind.GELU);

    private RuleCase() {}

    static Layer norm(int channels) {
        return new Norm(Norm.Kind.BATCH, channels);
    }

    static Layer conv(int in, int out) {
        return Conv.pointwise(in, out, false);
    }

    /** A program of layers in a row over 8x8 images, as a rule leaves it. */
    static Program after(Rule rule, int channels, Layer... layers) {
        return after(rule, Lowering.of(Chain.of(layers), new Shape(channels, 8, 8)));
    }

    /** A program in training of layers in a row over 8x8 images, as a rule leaves it. */
    static Program inTraining(Rule rule, int channels, Layer... layers) {
        return after(rule, after(new NormaliseByBatch(), channels, layers));
    }

    static Program after(Rule rule, Program program) {
        Program now = rule.apply(program);
        Check.holds(now);
        return now;
    }

    /** The steps of one kind. */
    static <S extends Step> List<S> steps(Program program, Class<S> kind) {
        return program.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The kinds of all steps in order. */
    static List<String> kinds(Program program) {
        return program.steps().stream()
                .map(step -> step.getClass().getSimpleName())
                .toList();
    }
}
