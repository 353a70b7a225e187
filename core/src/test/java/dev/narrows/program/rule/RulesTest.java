package dev.narrows.program.rule;

import static dev.narrows.program.rule.RuleCase.RELU;
import static dev.narrows.program.rule.RuleCase.conv;
import static dev.narrows.program.rule.RuleCase.kinds;
import static dev.narrows.program.rule.RuleCase.norm;
import static dev.narrows.program.rule.RuleCase.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        assertThat(Form.GPU_CHANNELS_LAST.text()).isEqualTo("gpu-channels-last-2");
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

    @Test
    void aFormsOwnRulesGiveItsOwnProgram() {
        for (Form form : Form.values()) {
            for (ElementType type : ElementType.values()) {
                Program program = Rules.training(SLOW_ON_PROCESSORS, INPUT, type, form);
                Set<TrainingRule> own = TrainingRule.of(type, program.form());
                assertThat(Rules.training(SLOW_ON_PROCESSORS, INPUT, type, program.form(), own))
                        .isEqualTo(program);
            }
        }
    }

    /** Each is there for some network, or a measurement of it on and off would say nothing. */
    @ParameterizedTest
    @EnumSource(TrainingRule.class)
    void everyRuleChangesSomeProgramOfItsForm(TrainingRule rule) {
        Layer narrow = Chain.of(conv(32, 12), norm(12), RELU, conv(12, 32), norm(32), RELU);
        Layer depthwise = Chain.of(
                conv(32, 32), Conv.same(32, 32, 5, 1, 32, false), Conv.same(32, 32, 3, 1, 32, false), norm(32), RELU);
        Layer strided = Conv.same(32, 32, 3, 2, 32, false);
        Layer groups = Conv.same(32, 32, 3, 1, 8, false);
        Layer branches = Fork.concat(Chain.of(conv(32, 16), norm(16), RELU), Chain.of(conv(32, 16), norm(16), RELU));
        Layer network = Chain.of(
                conv(3, 32),
                narrow,
                depthwise,
                strided,
                groups,
                branches,
                new AdaptivePool(1),
                new Linear(32, 4, true));
        Shape input = new Shape(3, 28, 28);
        List<Program> with = new ArrayList<>();
        List<Program> without = new ArrayList<>();
        for (Form form : List.of(Form.CHANNELS_LAST, Form.BLOCKED)) {
            for (ElementType type : List.of(ElementType.FP32, ElementType.BF16)) {
                Set<TrainingRule> others = EnumSet.copyOf(TrainingRule.of(type, form));
                others.remove(rule);
                Set<TrainingRule> all = EnumSet.copyOf(others);
                all.add(rule);
                with.add(Rules.training(network, input, type, form, all));
                without.add(Rules.training(network, input, type, form, others));
            }
        }
        assertThat(with).isNotEqualTo(without);
    }

    @Test
    void noTrialJoinsChannelsThatNobodyHasMeasured() {
        for (Form form : Form.values()) {
            for (ElementType type : ElementType.values()) {
                assertThat(TrainingRule.of(type, form))
                        .doesNotContain(
                                TrainingRule.LARGE_DEPTHWISE_IN_FP32,
                                TrainingRule.LARGE_DEPTHWISE_IN_SIXTEENS,
                                TrainingRule.STRIDED_DEPTHWISE_IN_THIRTY_TWOS,
                                TrainingRule.BLOCKED_DEPTHWISE_IN_THIRTY_TWOS);
            }
        }
    }

    @Test
    void rulesOfChoiceRefuseAFormThatTheNetworkDoesNotSuit() {
        assertThatThrownBy(() -> Rules.training(NETWORK, INPUT, ElementType.BF16, Form.BLOCKED, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot train in blocked-1: the network has steps that the layout lacks");
    }
}
