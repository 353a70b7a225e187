package dev.narrows.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import dev.narrows.net.TransposedConv;
import dev.narrows.program.rule.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenTest {
    private static final Layer NORM = new Norm(Norm.Kind.BATCH, 2);

    private static Frozen frozen(Layer network, int channels, float... values) {
        Program program = Rules.deployment(network, new Shape(channels, 4, 4), ElementType.FP32);
        Weights weights = new Weights();
        int next = 0;
        for (Parameter parameter : program.parameters()) {
            float[] tensor = new float[parameter.shape().elements()];
            for (int i = 0; i < tensor.length; i++) {
                tensor[i] = values[next++];
            }
            weights.put(parameter, tensor);
        }
        assertThat(next).isEqualTo(values.length);
        return Frozen.of(program, weights);
    }

    private static List<String> names(Frozen frozen) {
        return frozen.program().parameters().stream().map(Parameter::name).toList();
    }

    @Test
    void batchNormBecomesScaledWeightAndBias() {
        Layer network = Chain.of(Conv.pointwise(1, 2, true), NORM);
        // weight, bias, gamma, beta, mean, variance (less epsilon, so that the root is 2 and 1)
        Frozen frozen = frozen(network, 1, 3, 5, 1, 1, 4, 2, 10, 20, 0, 1, 4 - 1e-5f, 1 - 1e-5f);
        assertThat(names(frozen)).containsExactly("conv0_weight", "conv0_bias");
        List<Parameter> parameters = frozen.program().parameters();
        assertThat(frozen.weights().get(parameters.get(0))).containsExactly(6f, 10f);
        assertThat(frozen.weights().get(parameters.get(1))).containsExactly(12f, 20f);
        Check.holds(frozen.program());
    }

    @Test
    void transposedWeightsAreScaledAlongTheirSecondDimension() {
        Layer network = Chain.of(new TransposedConv(2, 2, 1, 1, false), NORM);
        Frozen frozen = frozen(network, 2, 1, 2, 3, 4, 10, 100, 0, 0, 0, 0, 1 - 1e-5f, 1 - 1e-5f);
        assertThat(frozen.weights().get(frozen.program().parameters().get(0))).containsExactly(10f, 200f, 30f, 400f);
    }

    @Test
    void layersAreNumberedAnewBehindFoldedNorms() {
        Layer network = Chain.of(Conv.pointwise(1, 2, false), NORM, Conv.pointwise(2, 1, false));
        Frozen frozen = frozen(network, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 7, 8);
        assertThat(names(frozen)).containsExactly("conv0_weight", "conv0_bias", "conv1_weight");
        assertThat(frozen.weights().get(frozen.program().parameters().get(2))).containsExactly(7f, 8f);
    }

    @Test
    void normThatFollowsNoConvolutionStays() {
        Layer network = Chain.of(NORM, Conv.pointwise(2, 1, false));
        Frozen frozen = frozen(network, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(names(frozen))
                .containsExactly(
                        "norm0_weight", "norm0_bias", "norm0_running_mean", "norm0_running_var", "conv1_weight");
        assertThat(frozen.program().steps()).hasExactlyElementsOfTypes(Step.NormaliseBatch.class, Step.Convolve.class);
    }
}
