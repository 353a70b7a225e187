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
import dev.narrows.net.TransposedConv;
import dev.narrows.program.ElementType;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReducedPrecisionTest {
    private static Program reduced(boolean slowGroupsInFp32, Layer... layers) {
        return after(new ReducedPrecision(ElementType.BF16, slowGroupsInFp32), 16, layers);
    }

    private static List<ElementType> computed(Program program) {
        return steps(program, Step.Convolve.class).stream()
                .map(step -> step.in().type())
                .toList();
    }

    @Test
    void convolutionsAreReducedAndTheLayerOfTheScoresIsNot() {
        Program program = reduced(false, conv(16, 16), norm(16), conv(16, 16), conv(16, 4));
        assertThat(kinds(program))
                .containsExactly("Convert", "Convolve", "NormaliseBatch", "Convolve", "Convert", "Convolve");
        assertThat(computed(program)).containsExactly(ElementType.BF16, ElementType.BF16, ElementType.FP32);
    }

    @Test
    void slowGroupsStayInFp32WhereTheRuleSaysSo() {
        Layer small = Conv.same(16, 16, 3, 1, 4, false);
        Layer strided = Conv.same(16, 16, 3, 2, 16, false);
        Layer depthwise = Conv.same(16, 16, 3, 1, 16, false);
        assertThat(computed(reduced(true, small, strided, depthwise, conv(16, 4))))
                .containsExactly(ElementType.FP32, ElementType.FP32, ElementType.BF16, ElementType.FP32);
        assertThat(computed(reduced(false, small, strided, depthwise, conv(16, 4))))
                .containsExactly(ElementType.BF16, ElementType.BF16, ElementType.BF16, ElementType.FP32);
    }

    @Test
    void branchesMeetInTheReducedPrecision() {
        Layer pooled = Chain.of(new Pool(Pool.Kind.MAX, 1, 1, 0));
        Program program = reduced(false, Fork.add(pooled, conv(16, 16)), conv(16, 4));
        assertThat(steps(program, Step.Add.class).get(0).terms())
                .extracting(tensor -> tensor.type())
                .containsOnly(ElementType.BF16);
        assertThat(steps(program, Step.Convert.class)).hasSize(3);
    }

    @Test
    void scoresComeOutInFp32() {
        Program program = reduced(false, conv(16, 8), new TransposedConv(8, 4, 2, 2, false));
        assertThat(program.output().type()).isEqualTo(ElementType.FP32);
        assertThat(kinds(program)).endsWith("ConvolveTransposed", "Convert");
    }
}
