package dev.narrows.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.TransposedConv;
import org.junit.jupiter.api.Test;

class FoldingTest {
    private static final Layer NORM = new Norm(Norm.Kind.BATCH, 2);

    private static Weights weights(Layer network, float... values) {
        Weights weights = new Weights();
        int next = 0;
        for (Slot slot : Slots.of(network)) {
            float[] tensor = new float[slot.shape().elements()];
            for (int i = 0; i < tensor.length; i++) {
                tensor[i] = values[next++];
            }
            weights.put(slot, tensor);
        }
        assertThat(next).isEqualTo(values.length);
        return weights;
    }

    @Test
    void batchNormBecomesScaledWeightAndBias() {
        Layer network = Chain.of(Conv.pointwise(1, 2, true), NORM);
        // weight, bias, gamma, beta, mean, variance (less epsilon, so that the root is 2 and 1)
        Weights weights = weights(network, 3, 5, 1, 1, 4, 2, 10, 20, 0, 1, 4 - 1e-5f, 1 - 1e-5f);
        Folding.Folded folded = Folding.of(network, weights);
        assertThat(folded.network()).isEqualTo(Chain.of(Conv.pointwise(1, 2, true)));
        var slots = Slots.of(folded.network());
        assertThat(folded.weights().get(slots.get(0))).containsExactly(6f, 10f);
        assertThat(folded.weights().get(slots.get(1))).containsExactly(12f, 20f);
    }

    @Test
    void transposedWeightsAreScaledAlongTheirSecondDimension() {
        Layer network = Chain.of(new TransposedConv(2, 2, 1, 1, false), NORM);
        Weights weights = weights(network, 1, 2, 3, 4, 10, 100, 0, 0, 0, 0, 1 - 1e-5f, 1 - 1e-5f);
        Folding.Folded folded = Folding.of(network, weights);
        assertThat(folded.weights().get(Slots.of(folded.network()).get(0))).containsExactly(10f, 200f, 30f, 400f);
    }

    @Test
    void normThatFollowsNoConvolutionStays() {
        Layer network = Chain.of(NORM, Conv.pointwise(2, 2, false));
        assertThat(Folding.of(network, Initialisation.of(network, 0)).network()).isEqualTo(network);
    }

    @Test
    void layerNormIsNeverFolded() {
        Layer network = Chain.of(Conv.pointwise(2, 2, false), new Norm(Norm.Kind.LAYER, 2));
        assertThat(Folding.of(network, Initialisation.of(network, 0)).network()).isEqualTo(network);
    }
}
