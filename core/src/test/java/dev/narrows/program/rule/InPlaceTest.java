package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.GELU;
import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.RELU6;
import static dev.narrows.program.rule.RuleCase.after;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Crop;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Tap;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import org.junit.jupiter.api.Test;

class InPlaceTest {
    private static boolean lastInPlace(boolean training, Layer... layers) {
        Program program = after(new InPlace(training), 4, layers);
        var activations = steps(program, Step.Activate.class);
        return activations.get(activations.size() - 1).inPlace();
    }

    private static int consumed(boolean training, Layer... layers) {
        return steps(after(new InPlace(training), 4, layers), Step.Add.class)
                .get(0)
                .consumed()
                .size();
    }

    @Test
    void aReluOverwritesWhatNobodyElseReads() {
        assertThat(lastInPlace(true, conv(4, 4), RELU)).isTrue();
        assertThat(lastInPlace(true, RELU)).isFalse();
        assertThat(lastInPlace(true, conv(4, 4), Fork.add(Chain.identity(), RELU)))
                .isFalse();
    }

    @Test
    void theBackwardPassReadsTheInputOfARelu6AndTheOutputOfAnActivation() {
        assertThat(lastInPlace(true, conv(4, 4), RELU6)).isFalse();
        assertThat(lastInPlace(false, conv(4, 4), RELU6)).isTrue();
        assertThat(lastInPlace(true, conv(4, 4), RELU, RELU)).isFalse();
        assertThat(lastInPlace(false, conv(4, 4), RELU, RELU)).isTrue();
    }

    @Test
    void geluHasNoOperationInPlace() {
        assertThat(lastInPlace(false, conv(4, 4), GELU)).isFalse();
    }

    @Test
    void aViewIsNobodysOwn() {
        assertThat(lastInPlace(false, conv(4, 4), new Crop(4, 4), RELU)).isFalse();
    }

    @Test
    void aMeasurementReadsBeforeAnybodyOverwrites() {
        assertThat(lastInPlace(false, conv(4, 4), new Tap("wide"), RELU)).isTrue();
    }

    @Test
    void aSumTakesTheMemoryOfItsOwnTerms() {
        assertThat(consumed(true, conv(4, 4), Fork.add(Chain.identity(), conv(4, 4))))
                .isOne();
        assertThat(consumed(true, conv(4, 4), Fork.add(conv(4, 4), conv(4, 4)))).isEqualTo(2);
        assertThat(consumed(true, conv(4, 4), Fork.add(Chain.identity(), Chain.of(conv(4, 4), RELU))))
                .isZero();
    }
}
