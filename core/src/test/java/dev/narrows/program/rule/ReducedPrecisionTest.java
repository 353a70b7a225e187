package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.after;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.net.TransposedConv;
import dev.narrows.program.ElementType;
import dev.narrows.program.Lowering;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReducedPrecisionTest {
    private static final Set<TrainingRule> SLOW_IN_FP32 =
            Set.of(TrainingRule.SMALL_GROUPS_IN_FP32, TrainingRule.STRIDED_DEPTHWISE_IN_FP32);

    private static Program reduced(Set<TrainingRule> chosen, Layer... layers) {
        return after(new ReducedPrecision(ElementType.BF16, chosen), 16, layers);
    }

    private static List<ElementType> computed(Program program) {
        return steps(program, Step.Convolve.class).stream()
                .map(step -> step.in().type())
                .toList();
    }

    @Test
    void convolutionsAreReducedAndTheLayerOfTheScoresIsNot() {
        Program program = reduced(Set.of(), conv(16, 16), norm(16), conv(16, 16), conv(16, 4));
        assertThat(kinds(program))
                .containsExactly("Convert", "Convolve", "NormaliseBatch", "Convolve", "Convert", "Convolve");
        assertThat(computed(program)).containsExactly(ElementType.BF16, ElementType.BF16, ElementType.FP32);
    }

    @Test
    void slowGroupsStayInFp32WhereTheRuleSaysSo() {
        Layer small = Conv.same(16, 16, 3, 1, 4, false);
        Layer strided = Conv.same(16, 16, 3, 2, 16, false);
        Layer depthwise = Conv.same(16, 16, 3, 1, 16, false);
        assertThat(computed(reduced(SLOW_IN_FP32, small, strided, depthwise, conv(16, 4))))
                .containsExactly(ElementType.FP32, ElementType.FP32, ElementType.BF16, ElementType.FP32);
        assertThat(computed(reduced(Set.of(), small, strided, depthwise, conv(16, 4))))
                .containsExactly(ElementType.BF16, ElementType.BF16, ElementType.BF16, ElementType.FP32);
    }

    @Test
    void eachRuleLeavesItsOwnConvolutionsInFp32() {
        Layer[] layers = {
            Conv.same(16, 16, 3, 1, 4, false),
            Conv.same(16, 16, 3, 2, 16, false),
            Conv.same(16, 16, 5, 1, 16, false),
            conv(16, 4)
        };
        ElementType fp32 = ElementType.FP32;
        ElementType bf16 = ElementType.BF16;
        assertThat(computed(reduced(Set.of(TrainingRule.SMALL_GROUPS_IN_FP32), layers)))
                .containsExactly(fp32, bf16, bf16, fp32);
        assertThat(computed(reduced(Set.of(TrainingRule.STRIDED_DEPTHWISE_IN_FP32), layers)))
                .containsExactly(bf16, fp32, bf16, fp32);
        assertThat(computed(reduced(Set.of(TrainingRule.LARGE_DEPTHWISE_IN_FP32), layers)))
                .containsExactly(bf16, bf16, fp32, fp32);
    }

    @Test
    void groupsThatAreComputedAsOneAreNotSlow() {
        Program joined = after(
                JoinedDepthwise.strided(),
                Lowering.of(Chain.of(Conv.same(32, 32, 3, 2, 32, false), conv(32, 4)), new Shape(32, 28, 28)));
        assertThat(computed(after(new ReducedPrecision(ElementType.BF16, SLOW_IN_FP32), joined)))
                .containsExactly(ElementType.BF16, ElementType.FP32);
    }

    @Test
    void branchesMeetInTheReducedPrecision() {
        Layer pooled = Chain.of(new Pool(Pool.Kind.MAX, 1, 1, 0));
        Program program = reduced(Set.of(), Fork.add(pooled, conv(16, 16)), conv(16, 4));
        assertThat(steps(program, Step.Add.class).get(0).terms())
                .extracting(tensor -> tensor.type())
                .containsOnly(ElementType.BF16);
        assertThat(steps(program, Step.Convert.class)).hasSize(3);
    }

    @Test
    void scoresComeOutInFp32() {
        Program program = reduced(Set.of(), conv(16, 8), new TransposedConv(8, 4, 2, 2, false));
        assertThat(program.output().type()).isEqualTo(ElementType.FP32);
        assertThat(kinds(program)).endsWith("ConvolveTransposed", "Convert");
    }
}
