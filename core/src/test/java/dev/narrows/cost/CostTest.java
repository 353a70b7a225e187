package dev.narrows.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Flatten;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Scale;
import dev.narrows.net.Shape;
import dev.narrows.net.ShapeException;
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import org.junit.jupiter.api.Test;

/** Cost of each layer. */
class CostTest {
    @Test
    void convolutionsMultiplyTheirWeightsByThePositionsOfTheirOutput() {
        Conv conv = Conv.same(4, 6, 3, 2, 2, true);
        assertThat(Cost.of(conv, new Shape(4, 10, 10))).isEqualTo(new Cost(6 * 2 * 9 + 6, 6 * 2 * 9 * 25, 6 * 25, 1));
    }

    @Test
    void transposedConvolutionsMultiplyTheirWeightsByThePositionsOfTheirInput() {
        TransposedConv conv = new TransposedConv(4, 3, 2, 2, true);
        assertThat(Cost.of(conv, new Shape(4, 5, 7)))
                .isEqualTo(new Cost(4 * 3 * 4 + 3, 4 * 3 * 4 * 35, 3 * 10 * 14, 1));
    }

    @Test
    void linearLayersHaveNoActivationsOfConvolutions() {
        assertThat(Cost.of(new Linear(8, 5, true), new Shape(8, 1, 1))).isEqualTo(new Cost(45, 40, 0, 1));
    }

    /** Running mean and variance are not learnt. */
    @Test
    void normsHaveAScaleAndAShiftAChannel() {
        assertThat(Cost.of(new Norm(Norm.Kind.BATCH, 7), new Shape(7, 3, 3))).isEqualTo(new Cost(14, 0, 0, 0));
        assertThat(Cost.of(new Norm(Norm.Kind.LAYER, 7), new Shape(7, 3, 3))).isEqualTo(new Cost(14, 0, 0, 0));
    }

    @Test
    void layerScalesHaveAFactorAChannel() {
        assertThat(Cost.of(new Scale(7, 1e-6), new Shape(7, 3, 3))).isEqualTo(new Cost(7, 0, 0, 0));
    }

    @Test
    void depthIsThatOfTheLongestBranch() {
        Layer one = Conv.pointwise(4, 4, false);
        Layer two = Chain.of(one, new Activation(Activation.Kind.RELU), one);
        Layer fork = Chain.of(one, Fork.add(Chain.identity(), two, one), one);
        assertThat(Cost.of(fork, new Shape(4, 3, 3)).depth()).isEqualTo(4);
    }

    @Test
    void rowsTellWhereALayerStandsAndLeaveTapsOut() {
        Layer network = Chain.of(
                new Block("stem", Chain.of(Conv.pointwise(1, 4, false), new Tap("narrow"))),
                new Block(
                        "head",
                        new Block("scores", Chain.of(new AdaptivePool(1), new Flatten(), new Linear(4, 2, true)))));
        assertThat(LayerCost.of(network, new Shape(1, 3, 3)))
                .containsExactly(
                        new LayerCost("stem", "1x1 conv 1→4", new Shape(4, 3, 3), 4, 36, 36),
                        new LayerCost("head/scores", "global average pool", new Shape(4, 1, 1), 0, 0, 0),
                        new LayerCost("head/scores", "flatten", new Shape(4, 1, 1), 0, 0, 0),
                        new LayerCost("head/scores", "linear 4→2", new Shape(2, 1, 1), 10, 8, 0));
    }

    @Test
    void weightsTakeFourBytesEach() {
        assertThat(new Cost(10, 0, 0, 0).weightBytes()).isEqualTo(40);
        assertThatThrownBy(() -> new Cost(Long.MAX_VALUE / 2, 0, 0, 0).weightBytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot count the bytes of 4611686018427387903 weights: more than 64 bits hold");
    }

    @Test
    void countsBeyond64BitsAreRefused() {
        Layer wide = Conv.pointwise(2_000_000_000, 2_000_000_000, false);
        assertThat(Cost.of(wide, new Shape(2_000_000_000, 1, 1)).macs()).isEqualTo(4_000_000_000_000_000_000L);
        assertThatThrownBy(() -> Cost.of(wide, new Shape(2_000_000_000, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot count 1x1 conv 2000000000→2000000000: more than 64 bits hold");
        assertThatThrownBy(() -> Cost.of(Chain.of(wide, wide, wide), new Shape(2_000_000_000, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot count 1x1 conv 2000000000→2000000000: more than 64 bits hold");
    }

    @Test
    void aShapeThatDoesNotFitIsTheLayersOwnComplaint() {
        assertThatThrownBy(() -> Cost.of(Conv.pointwise(4, 4, false), new Shape(3, 2, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Cannot feed 3x2x2 to 1x1 conv 4→4: it takes 4x2x2");
    }
}
