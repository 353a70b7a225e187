package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Parameter;
import dev.narrows.program.Step;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Shape INPUT = new Shape(3, 8, 8);
    private static final Layer NETWORK = Chain.of(conv(3, 12), norm(12), new Tap("narrow"), RELU, conv(12, 4));

    @Test
    void trainingNormalisesByTheBatchAndMeasuresNothing() {
        var program = Rules.training(NETWORK, INPUT, ElementType.FP32, Form.CHANNELS_LAST);
        assertThat(kinds(program)).containsExactly("Convolve", "NormaliseBatch", "Activate", "Convolve");
        assertThat(steps(program, Step.NormaliseBatch.class).get(0).byBatch()).isTrue();
        assertThat(steps(program, Step.NormaliseBatch.class).get(0).in().spare())
                .isEqualTo(4);
    }

    @Test
    void evaluationFoldsAndTapsMeasureToo() {
        assertThat(kinds(Rules.evaluation(NETWORK, INPUT, ElementType.FP32)))
                .containsExactly("Convolve", "Activate", "Convolve");
        assertThat(kinds(Rules.taps(NETWORK, INPUT, ElementType.FP32)))
                .containsExactly("Convolve", "MeasureTap", "Activate", "Convolve");
    }

    @Test
    void whatIsKeptFoldsNothing() {
        assertThat(kinds(Rules.kept(NETWORK, INPUT)))
                .containsExactly("Convolve", "NormaliseBatch", "Activate", "Convolve");
    }

    @Test
    void parametersKeepTheOrderOfTheTreeForEveryPurpose() {
        var expected = Rules.kept(NETWORK, INPUT).parameters();
        assertThat(expected)
                .extracting(Parameter::name)
                .containsExactly(
                        "conv0_weight",
                        "norm1_weight",
                        "norm1_bias",
                        "norm1_running_mean",
                        "norm1_running_var",
                        "conv2_weight");
        for (Form form : Form.values()) {
            for (ElementType type : ElementType.values()) {
                assertThat(Rules.training(NETWORK, INPUT, type, form).parameters())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void formsHaveANameAndAVersion() {
        assertThat(Form.CHANNELS_LAST.text()).isEqualTo("channels-last-1");
        assertThat(Form.BLOCKED.text()).isEqualTo("blocked-1");
    }
}
