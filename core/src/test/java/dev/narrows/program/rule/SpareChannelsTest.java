package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.inTraining;
import static dev.narrows.program.rule.RuleCase.norm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.program.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpareChannelsTest {
    private static List<Integer> spare(int channels, Layer... layers) {
        Program widened = inTraining(new SpareChannels(), channels, layers);
        return widened.steps().stream()
                .map(step -> step.output().orElseThrow().spare())
                .toList();
    }

    @Test
    void aNarrowMiddleIsFilledUpToAMultipleOfEight() {
        assertThat(spare(32, conv(32, 12), norm(12), RELU, conv(12, 32))).containsExactly(4, 4, 4, 0);
        assertThat(spare(32, conv(32, 12), norm(12), conv(12, 32))).containsExactly(4, 4, 0);
        assertThat(spare(32, conv(32, 1), norm(1), RELU, conv(1, 32))).containsExactly(7, 7, 7, 0);
    }

    @Test
    void aMultipleOfEightNeedsNone() {
        assertThat(spare(32, conv(32, 16), norm(16), RELU, conv(16, 32))).containsOnly(0);
    }

    @Test
    void aDepthwiseConvolutionHandsThemOnToTheNext() {
        Layer depthwise = Conv.same(36, 36, 3, 1, 36, false);
        assertThat(spare(12, conv(12, 36), norm(36), RELU, depthwise, norm(36), RELU, conv(36, 12)))
                .containsExactly(4, 4, 4, 4, 4, 4, 0);
        assertThat(spare(12, conv(12, 36), norm(36), RELU, depthwise, norm(36), RELU))
                .containsOnly(0);
        assertThat(spare(12, conv(12, 36), norm(36), RELU, depthwise, conv(36, 12)))
                .containsOnly(0);
    }

    @Test
    void aLayerThatWouldHaveToKnowOfThemForbidsThem() {
        Layer narrow = conv(32, 12);
        assertThat(spare(32, narrow, norm(12), RELU)).containsOnly(0);
        assertThat(spare(32, narrow, RELU, conv(12, 32))).containsOnly(0);
        assertThat(spare(32, narrow, norm(12), RELU, new Pool(Pool.Kind.MAX, 2, 2, 0), conv(12, 32)))
                .containsOnly(0);
        assertThat(spare(32, narrow, norm(12), RELU, Conv.same(12, 12, 3, 1, 2, false)))
                .containsOnly(0);
        assertThat(spare(32, Conv.pointwise(32, 12, true), norm(12), RELU, conv(12, 32)))
                .containsOnly(0);
    }

    @Test
    void theyStayInsideAPartOfTheTree() {
        assertThat(spare(32, conv(32, 12), norm(12), RELU, Chain.of(conv(12, 32))))
                .containsOnly(0);
    }
}
