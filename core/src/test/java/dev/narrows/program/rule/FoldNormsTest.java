package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.after;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.inTraining;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Norm;
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import org.junit.jupiter.api.Test;

class FoldNormsTest {
    private final Rule rule = new FoldNorms();

    @Test
    void aNormBehindAConvolutionIsPartOfIt() {
        Program folded = after(rule, 3, conv(3, 8), norm(8), conv(8, 5));
        assertThat(kinds(folded)).containsExactly("Convolve", "Convolve");
        Step.Convolve first = steps(folded, Step.Convolve.class).get(0);
        assertThat(first.filter().norm().orElseThrow().weight().name()).isEqualTo("norm1_weight");
    }

    @Test
    void aNormBehindATransposedConvolutionIsPartOfIt() {
        Program folded = after(rule, 3, new TransposedConv(3, 8, 2, 2, true), norm(8), conv(8, 5));
        assertThat(steps(folded, Step.ConvolveTransposed.class).get(0).norm()).isPresent();
        assertThat(kinds(folded)).doesNotContain("NormaliseBatch");
    }

    @Test
    void aNormBehindAnythingElseStays() {
        assertThat(kinds(after(rule, 3, norm(3), conv(3, 5)))).contains("NormaliseBatch");
        assertThat(kinds(after(rule, 3, conv(3, 5), norm(5), norm(5)))).containsExactly("Convolve", "NormaliseBatch");
    }

    @Test
    void aLayerNormIsNeverFolded() {
        assertThat(kinds(after(rule, 3, conv(3, 5), new Norm(Norm.Kind.LAYER, 5))))
                .containsExactly("Convolve", "NormaliseLayer");
    }

    @Test
    void inTrainingNormsStay() {
        assertThat(kinds(inTraining(rule, 3, conv(3, 5), norm(5)))).contains("NormaliseBatch");
    }

    @Test
    void aTensorThatSomethingElseReadsStays() {
        assertThat(kinds(after(rule, 3, conv(3, 5), new Tap("narrow"), norm(5))))
                .contains("NormaliseBatch");
        assertThat(kinds(after(rule, 3, conv(3, 5), Fork.add(Chain.identity(), norm(5)))))
                .contains("NormaliseBatch");
    }

    @Test
    void theNormOfAnotherBlockStays() {
        assertThat(kinds(after(rule, 3, new Block("a", Chain.of(conv(3, 5))), norm(5))))
                .contains("NormaliseBatch");
    }
}
