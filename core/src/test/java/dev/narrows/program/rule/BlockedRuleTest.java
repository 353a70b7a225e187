package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.inTraining;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockedRuleTest {
    private static final Layer POOL = new AdaptivePool(1);

    private static Program blocked(Layer... layers) {
        return blocked(TrainingRule.of(ElementType.BF16, Form.BLOCKED), layers);
    }

    private static Program blocked(Set<TrainingRule> chosen, Layer... layers) {
        return inTraining(new BlockedLayout(ElementType.BF16, chosen), 3, layers);
    }

    @Test
    void aNetworkIsInTheLayoutFromItsFirstConvolutionToItsLastPooling() {
        Program program = blocked(conv(3, 20), norm(20), RELU, POOL, new Linear(20, 4, true));
        assertThat(program.form()).isEqualTo(Form.BLOCKED);
        assertThat(kinds(program))
                .containsExactly(
                        "Convert", "Convolve", "NormaliseBatch", "Activate", "Convert", "PoolToSize", "Project");
        Step.Convolve first = steps(program, Step.Convolve.class).get(0);
        assertThat(first.in().spare()).isZero();
        assertThat(first.out().spare()).isEqualTo(12);
        assertThat(steps(program, Step.PoolToSize.class).get(0).in().blocked()).isFalse();
    }

    @Test
    void aConcatenationStaysInPartsThatAConvolutionAddsUp() {
        Program program = blocked(
                conv(3, 32),
                Fork.concat(conv(32, 16), conv(32, 32)),
                norm(48),
                conv(48, 16),
                POOL,
                new Linear(16, 4, true));
        assertThat(kinds(program)).doesNotContain("Concatenate");
        var norms = steps(program, Step.NormaliseBatch.class);
        assertThat(norms).extracting(norm -> norm.norms().get(0).from()).containsExactly(0, 16);
        assertThat(norms).extracting(norm -> norm.norms().get(0).to()).containsExactly(16, 48);
        var parts = steps(program, Step.Convolve.class).subList(3, 5);
        assertThat(parts).extracting(part -> part.filter().from()).containsExactly(0, 16);
        assertThat(steps(program, Step.Add.class)).hasSize(1);
    }

    @Test
    void partsThatLeaveTheLayoutAreJoined() {
        Program program = blocked(conv(3, 32), Fork.concat(conv(32, 16), conv(32, 16)), POOL, new Linear(32, 4, true));
        assertThat(kinds(program)).endsWith("Convert", "Convert", "Concatenate", "PoolToSize", "Project");
    }

    @Test
    void aPoolingPicksThePositionsOfAStridedPointwiseConvolution() {
        Layer strided = new Conv(32, 32, 1, 2, 0, 1, false);
        Program program = blocked(conv(3, 32), strided, POOL, new Linear(32, 4, true));
        assertThat(kinds(program))
                .containsExactly("Convert", "Convolve", "PoolWindows", "Convolve", "Convert", "PoolToSize", "Project");
        assertThat(steps(program, Step.Convolve.class).get(1).filter().conv().stride())
                .isOne();
    }

    @Test
    void narrowGroupsAreComputedTogether() {
        Layer grouped = Conv.same(32, 32, 3, 1, 8, false);
        Program program = blocked(conv(3, 32), grouped, POOL, new Linear(32, 4, true));
        assertThat(steps(program, Step.Convolve.class).get(1).filter().together())
                .isEqualTo(4);
    }

    private static List<Integer> joinedDepthwise(Set<TrainingRule> chosen) {
        Program program = blocked(
                chosen,
                conv(3, 20),
                Conv.same(20, 20, 3, 1, 20, false),
                Conv.same(20, 20, 5, 1, 20, false),
                Conv.same(20, 20, 3, 2, 20, false),
                POOL,
                new Linear(20, 4, true));
        return steps(program, Step.Convolve.class).subList(1, 4).stream()
                .map(step -> step.filter().together())
                .toList();
    }

    @Test
    void rulesSayHowManyChannelsOfADepthwiseConvolutionAreComputedTogether() {
        assertThat(joinedDepthwise(TrainingRule.of(ElementType.BF16, Form.BLOCKED)))
                .containsExactly(1, 16, 16);
        assertThat(joinedDepthwise(Set.of())).containsExactly(1, 1, 1);
        assertThat(joinedDepthwise(Set.of(TrainingRule.BLOCKED_DEPTHWISE_IN_THIRTY_TWOS)))
                .containsExactly(32, 1, 1);
    }

    @Test
    void aNetworkThatDoesNotSuitStaysAsItIs() {
        Program program = blocked(Conv.pointwise(3, 16, true), POOL, new Linear(16, 4, true));
        assertThat(program.form()).isEqualTo(Form.CHANNELS_LAST);
        assertThat(kinds(program)).containsExactly("Convolve", "PoolToSize", "Project");
    }
}
