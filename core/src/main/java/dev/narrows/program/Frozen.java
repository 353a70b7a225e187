package dev.narrows.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A program with its weights, in which everything that follows from weights alone is computed: folded norms are part of
 * the weights and biases of their convolutions.
 *
 * <p>Parameters are named anew, by the kind of their layer and its place among the layers that have some.
 */
public record Frozen(Program program, Weights weights) {
    /** The frozen form of a program. */
    public static Frozen of(Program program, Weights weights) {
        return new Freezing(weights).of(program);
    }

    private static final class Freezing {
        private final Weights given;
        private final Weights frozen = new Weights();
        private final List<Parameter> parameters = new ArrayList<>();
        private final Map<String, String> layers = new HashMap<>();

        private Freezing(Weights given) {
            this.given = given;
        }

        private Frozen of(Program program) {
            List<Step> steps = program.steps().stream().map(this::step).toList();
            return new Frozen(new Program(program.input(), steps, program.output(), parameters, Set.of()), frozen);
        }

        private Step step(Step step) {
            if (step instanceof Step.Convolve conv && conv.filter().norm().isPresent()) {
                Filter filter = conv.filter();
                int inner =
                        Math.toIntExact(filter.conv().weights() / filter.conv().out());
                Folded folded =
                        folded(filter.weight(), filter.bias(), filter.norm().get(), inner);
                return new Step.Convolve(
                        conv.in(),
                        Filter.of(filter.conv().withBias(), folded.weight(), Optional.of(folded.bias())),
                        conv.out());
            }
            if (step instanceof Step.ConvolveTransposed conv && conv.norm().isPresent()) {
                int inner = conv.conv().kernel() * conv.conv().kernel();
                Folded folded = folded(conv.weight(), conv.bias(), conv.norm().get(), inner);
                return new Step.ConvolveTransposed(
                        conv.in(),
                        conv.conv().withBias(),
                        folded.weight(),
                        Optional.of(folded.bias()),
                        Optional.empty(),
                        conv.out());
            }
            return step.with(UnaryOperator.identity(), this::kept);
        }

        private record Folded(Parameter weight, Parameter bias) {}

        /**
         * Weight and bias with a batch norm in them, computed in fp64; {@code FoldNorms} has the formula.
         *
         * @param inner consecutive scalars of the weight that share an output channel
         */
        private Folded folded(Parameter weight, Optional<Parameter> bias, BatchNorm norm, int inner) {
            int outputs = norm.channels();
            float[] scaled = given.get(weight).clone();
            float[] shift = bias.map(given::get).orElseGet(() -> new float[outputs]);
            float[] gamma = given.get(norm.weight());
            float[] beta = given.get(norm.bias());
            float[] mean = given.get(norm.mean());
            float[] variance = given.get(norm.variance());
            float[] moved = new float[outputs];
            double[] scale = new double[outputs];
            for (int c = 0; c < outputs; c++) {
                scale[c] = gamma[c] / Math.sqrt(variance[c] + norm.epsilon());
                moved[c] = (float) (beta[c] + scale[c] * (shift[c] - mean[c]));
            }
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = (float) (scaled[i] * scale[i / inner % outputs]);
            }
            String layer = layer(weight);
            return new Folded(
                    add(weight.named(layer + "_weight"), scaled),
                    add(
                            new Parameter(
                                    layer + "_bias", Parameter.Role.BIAS, TensorShape.of(outputs), weight.fanIn(), 0),
                            moved));
        }

        private Parameter kept(Parameter parameter) {
            String suffix = parameter.name().substring(parameter.name().indexOf('_'));
            return add(parameter.named(layer(parameter) + suffix), given.get(parameter));
        }

        /** The new name of a parameter's layer. */
        private String layer(Parameter parameter) {
            String old = parameter.name().substring(0, parameter.name().indexOf('_'));
            return layers.computeIfAbsent(old, key -> old.replaceAll("\\d+$", "") + layers.size());
        }

        private Parameter add(Parameter parameter, float[] values) {
            parameters.add(parameter);
            frozen.put(parameter, values);
            return parameter;
        }
    }
}
