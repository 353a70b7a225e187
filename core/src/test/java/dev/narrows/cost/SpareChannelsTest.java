package dev.narrows.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Activation;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.Pool;
import dev.narrows.net.Tap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpareChannelsTest {
    private static final Layer RELU = new Activation(Activation.Kind.RELU);

    private static Layer norm(int channels) {
        return new Norm(Norm.Kind.BATCH, channels);
    }

    private static int behindFirst(Layer... steps) {
        return SpareChannels.behind(List.of(steps), 0);
    }

    @Test
    void aNarrowMiddleIsFilledUpToAMultipleOfEight() {
        Layer back = Conv.pointwise(12, 32, false);
        assertThat(behindFirst(Conv.pointwise(32, 12, false), norm(12), RELU, back))
                .isEqualTo(4);
        assertThat(behindFirst(Conv.pointwise(32, 12, false), norm(12), RELU, new Tap("narrow"), back))
                .isEqualTo(4);
        assertThat(behindFirst(Conv.pointwise(32, 12, false), norm(12), back)).isEqualTo(4);
        assertThat(behindFirst(Conv.pointwise(32, 1, false), norm(1), RELU, Conv.pointwise(1, 32, false)))
                .isEqualTo(7);
    }

    @Test
    void aMultipleOfEightNeedsNone() {
        assertThat(behindFirst(Conv.pointwise(32, 16, false), norm(16), RELU, Conv.pointwise(16, 32, false)))
                .isZero();
    }

    @Test
    void aDepthwiseConvolutionHandsThemOnToTheNext() {
        Layer expand = Conv.pointwise(12, 36, false);
        Layer depthwise = Conv.same(36, 36, 3, 1, 36, false);
        Layer project = Conv.pointwise(36, 12, false);
        assertThat(behindFirst(expand, norm(36), RELU, depthwise, norm(36), RELU, project))
                .isEqualTo(4);
        assertThat(behindFirst(expand, norm(36), RELU, depthwise, norm(36), RELU))
                .isZero();
        assertThat(behindFirst(expand, norm(36), RELU, depthwise, project)).isZero();
    }

    @Test
    void whatElseReadsTheLayerWouldHaveToKnowOfThem() {
        Layer narrow = Conv.pointwise(32, 12, false);
        assertThat(behindFirst(narrow, norm(12), RELU)).isZero();
        assertThat(behindFirst(narrow, RELU, Conv.pointwise(12, 32, false))).isZero();
        assertThat(behindFirst(narrow, norm(12), RELU, new Pool(Pool.Kind.MAX, 2, 2, 0), Conv.pointwise(12, 32, false)))
                .isZero();
        assertThat(behindFirst(narrow, norm(12), RELU, Conv.same(12, 12, 3, 1, 2, false)))
                .isZero();
        assertThat(behindFirst(narrow, norm(12), RELU, Chain.of(Conv.pointwise(12, 32, false))))
                .isZero();
    }
}
