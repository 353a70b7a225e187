package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.List;
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
        assertThat(Form.GPU_CHANNELS_LAST.text()).isEqualTo("gpu-channels-last-1");
    }

    /**
     * Four channels per group, a depthwise stride and a middle of 12 channels, all of which processors compute
     * otherwise.
     */
    private static final Layer SLOW_ON_PROCESSORS = Chain.of(
            conv(3, 12),
            norm(12),
            conv(12, 12),
            Conv.same(12, 12, 3, 1, 3, false),
            Conv.same(12, 12, 3, 2, 12, false),
            norm(12),
            conv(12, 4));

    private static List<ElementType> computed(Program program) {
        return program.steps().stream()
                .filter(Step.Convolve.class::isInstance)
                .map(step -> step.inputs().get(0).type())
                .toList();
    }

    @Test
    void onAGpuAllButTheScoresAreInTheReducedPrecision() {
        for (ElementType type : List.of(ElementType.BF16, ElementType.FP16)) {
            Program program = Rules.training(SLOW_ON_PROCESSORS, INPUT, type, Form.GPU_CHANNELS_LAST);
            assertThat(computed(program)).containsExactly(type, type, type, type, ElementType.FP32);
            assertThat(program.form()).isEqualTo(Form.GPU_CHANNELS_LAST);
        }
        Program processor = Rules.training(SLOW_ON_PROCESSORS, INPUT, ElementType.BF16, Form.CHANNELS_LAST);
        assertThat(computed(processor))
                .as("the law is about something")
                .containsExactly(
                        ElementType.BF16, ElementType.BF16, ElementType.FP32, ElementType.FP32, ElementType.FP32);
        assertThat(processor.form()).isEqualTo(Form.CHANNELS_LAST);
    }

    @Test
    void onAGpuNoChannelsAreSpareAndNothingIsBlocked() {
        for (ElementType type : ElementType.values()) {
            Program program = Rules.training(SLOW_ON_PROCESSORS, INPUT, type, Form.GPU_CHANNELS_LAST);
            assertThat(program.steps().stream().flatMap(step -> step.output().stream()))
                    .allMatch(tensor -> tensor.spare() == 0 && !tensor.blocked());
        }
        assertThat(Rules.training(SLOW_ON_PROCESSORS, INPUT, ElementType.FP32, Form.CHANNELS_LAST).steps().stream()
                        .flatMap(step -> step.output().stream()))
                .as("the law is about something")
                .anyMatch(tensor -> tensor.spare() > 0);
    }
}
