package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.GELU;
import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.after;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.inTraining;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import org.junit.jupiter.api.Test;

class CommonEndTest {
    private final Rule rule = new CommonEnd();

    private Program concatenated(Layer... branches) {
        return inTraining(rule, 3, Fork.concat(branches), conv(12, 2));
    }

    @Test
    void normAndActivationOfEveryBranchMoveBehindTheConcatenation() {
        Program moved = concatenated(Chain.of(conv(3, 8), norm(8), RELU), Chain.of(conv(3, 4), norm(4), RELU));
        assertThat(kinds(moved))
                .containsExactly("Convolve", "Convolve", "Concatenate", "NormaliseBatch", "Activate", "Convolve");
        assertThat(steps(moved, Step.NormaliseBatch.class).get(0).norms())
                .extracting(norm -> norm.weight().name())
                .containsExactly("norm1_weight", "norm3_weight");
    }

    @Test
    void normsAloneMoveToo() {
        assertThat(kinds(concatenated(Chain.of(conv(3, 8), norm(8)), Chain.of(conv(3, 4), norm(4)))))
                .containsExactly("Convolve", "Convolve", "Concatenate", "NormaliseBatch", "Convolve");
    }

    @Test
    void branchesThatEndDifferentlyStay() {
        Layer rectified = Chain.of(conv(3, 8), norm(8), RELU);
        assertThat(steps(concatenated(rectified, Chain.of(conv(3, 4), norm(4), GELU)), Step.NormaliseBatch.class))
                .hasSize(2);
        assertThat(steps(concatenated(rectified, Chain.of(conv(3, 4), norm(4))), Step.NormaliseBatch.class))
                .hasSize(2);
        assertThat(steps(concatenated(rectified, Chain.of(conv(3, 4), RELU)), Step.NormaliseBatch.class))
                .hasSize(1);
    }

    @Test
    void aNormThatReadsTheForksInputStays() {
        Program kept = inTraining(rule, 6, Fork.concat(Chain.of(norm(6)), Chain.of(conv(6, 6), norm(6))), conv(12, 2));
        assertThat(steps(kept, Step.NormaliseBatch.class)).hasSize(2);
    }

    @Test
    void sumsAndEvaluationStay() {
        Program sum =
                inTraining(rule, 3, Fork.add(Chain.of(conv(3, 4), norm(4)), Chain.of(conv(3, 4), norm(4))), conv(4, 2));
        assertThat(steps(sum, Step.NormaliseBatch.class)).hasSize(2);
        Program evaluated =
                after(rule, 3, Fork.concat(Chain.of(conv(3, 4), norm(4)), Chain.of(conv(3, 4), norm(4))), conv(8, 2));
        assertThat(steps(evaluated, Step.NormaliseBatch.class)).hasSize(2);
    }
}
