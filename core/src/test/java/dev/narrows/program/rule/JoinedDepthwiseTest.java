package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.after;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.Lowering;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedDepthwiseTest {
    private static List<Integer> together(Rule rule, int channels, int side, Layer... layers) {
        return together(after(rule, Lowering.of(Chain.of(layers), new Shape(channels, side, side))));
    }

    private static List<Integer> together(Program program) {
        return steps(program, Step.Convolve.class).stream()
                .map(step -> step.filter().together())
                .toList();
    }

    private static Layer depthwise(int channels, int kernel, int stride) {
        return Conv.same(channels, channels, kernel, stride, channels, false);
    }

    @Test
    void largeWindowsWithoutAStrideAreInGroupsOfSixteen() {
        assertThat(together(
                        JoinedDepthwise.large(),
                        32,
                        28,
                        depthwise(32, 5, 1),
                        depthwise(32, 7, 1),
                        depthwise(32, 3, 1),
                        depthwise(32, 5, 2),
                        Conv.same(32, 32, 5, 1, 2, false),
                        conv(32, 4)))
                .containsExactly(16, 16, 1, 1, 1, 1);
    }

    @Test
    void stridesOverLargeImagesAreInGroupsOfThirtyTwo() {
        assertThat(together(
                        JoinedDepthwise.strided(),
                        64,
                        28,
                        depthwise(64, 3, 1),
                        depthwise(64, 3, 2),
                        depthwise(64, 3, 2),
                        conv(64, 4)))
                .containsExactly(1, 32, 1, 1);
        assertThat(together(JoinedDepthwise.strided(), 64, 28, depthwise(64, 5, 2)))
                .containsExactly(1);
    }

    @Test
    void channelsThatAreNoMultipleStayAsTheyAre() {
        assertThat(together(JoinedDepthwise.large(), 24, 8, depthwise(24, 5, 1)))
                .containsExactly(1);
        assertThat(together(JoinedDepthwise.strided(), 48, 28, depthwise(48, 3, 2)))
                .containsExactly(1);
    }

    @Test
    void spareChannelsCountAsGroups() {
        Program spare = RuleCase.inTraining(
                new SpareChannels(), 3, conv(3, 12), norm(12), depthwise(12, 5, 1), norm(12), conv(12, 4));
        assertThat(together(after(JoinedDepthwise.large(), spare))).containsExactly(1, 16, 1);
    }
}
