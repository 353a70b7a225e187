package dev.narrows.program;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Activation;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each broken program is a sound one with one thing changed. */
class CheckTest {
    private static final Layer NETWORK = Chain.of(
            Conv.pointwise(3, 8, false),
            new Norm(Norm.Kind.BATCH, 8),
            new Activation(Activation.Kind.RELU),
            Conv.pointwise(8, 5, true));
    private static final Program SOUND = Lowering.of(NETWORK, new Shape(3, 4, 4));

    private static Program with(int index, UnaryOperator<Step> change) {
        List<Step> steps = new ArrayList<>(SOUND.steps());
        steps.set(index, change.apply(steps.get(index)));
        return SOUND.withSteps(steps);
    }

    private static void refused(Program program, String message) {
        assertThatThrownBy(() -> Check.holds(program))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Tensor out(int index) {
        return SOUND.steps().get(index).output().orElseThrow();
    }

    @Test
    void aLoweredNetworkIsSound() {
        assertThatCode(() -> Check.holds(SOUND)).doesNotThrowAnyException();
    }

    @Test
    void aTensorIsWrittenBeforeItIsRead() {
        List<Step> steps = new ArrayList<>(SOUND.steps());
        steps.add(0, steps.remove(1));
        refused(SOUND.withSteps(steps), "t1 8x4x4 FP32 is read before it is written");
    }

    @Test
    void aTensorIsWrittenOnce() {
        refused(
                with(2, step -> new Step.Activate(out(1), Activation.Kind.RELU, false, out(1))),
                "t2 8x4x4 FP32 is written a second time");
    }

    @Test
    void shapesFollowFromTheStep() {
        Tensor wrong = Tensor.plain(9, new Shape(8, 2, 4));
        refused(
                with(2, step -> new Step.Activate(out(1), Activation.Kind.RELU, false, wrong)),
                "it should give t9 8x4x4 FP32");
    }

    @Test
    void typesChangeByConversionOnly() {
        refused(
                with(
                        0,
                        step -> step.with(
                                tensor -> tensor.equals(out(0)) ? tensor.withType(ElementType.BF16) : tensor)),
                "it should give t1 8x4x4 FP32");
    }

    @Test
    void aConversionChangesSomething() {
        List<Step> steps = new ArrayList<>(SOUND.steps());
        steps.add(1, new Step.Convert(out(0), Tensor.plain(9, new Shape(8, 4, 4))));
        refused(SOUND.withSteps(steps), "it converts nothing");
    }

    @Test
    void spareChannelsEndAtAConvolution() {
        refused(
                with(
                        3,
                        step -> ((Step.Convolve) step)
                                .with(tensor -> tensor.equals(out(2)) ? tensor.withSpare(3) : tensor)),
                "t3 8x4x4 FP32 +3 is read before it is written");
        Tensor spare = SOUND.output().withSpare(3);
        Program ends = new Program(
                SOUND.input(),
                with(3, step -> step.with(tensor -> tensor.equals(SOUND.output()) ? spare : tensor))
                        .steps(),
                spare,
                SOUND.parameters(),
                Set.of());
        refused(ends, "the output is t4 5x4x4 FP32 +3 instead of plain fp32");
    }

    @Test
    void everyParameterIsBound() {
        List<Parameter> more = new ArrayList<>(SOUND.parameters());
        more.add(new Parameter("lost_weight", Parameter.Role.WEIGHT, TensorShape.of(1), 1, 0));
        refused(
                new Program(SOUND.input(), SOUND.steps(), SOUND.output(), more, Set.of()),
                "no step reads the parameters [lost_weight]");
        refused(
                new Program(
                        SOUND.input(),
                        SOUND.steps(),
                        SOUND.output(),
                        SOUND.parameters().subList(1, SOUND.parameters().size()),
                        Set.of()),
                "conv0_weight is no parameter of the network");
    }

    @Test
    void namesOfParametersAreUnique() {
        List<Parameter> twice = new ArrayList<>(SOUND.parameters());
        twice.add(twice.get(0));
        refused(
                new Program(SOUND.input(), SOUND.steps(), SOUND.output(), twice, Set.of()),
                "the parameters have names that stand more than once: [conv0_weight]");
    }

    @Test
    void nothingIsOverwrittenThatIsReadLater() {
        List<Step> steps = new ArrayList<>(SOUND.steps());
        steps.set(2, new Step.Activate(out(1), Activation.Kind.RELU, true, out(2)));
        assertThatCode(() -> Check.holds(SOUND.withSteps(steps))).doesNotThrowAnyException();
        steps.add(3, new Step.MeasureTap(out(1), false));
        refused(SOUND.withSteps(steps), "t2 8x4x4 FP32 is read later and may not be overwritten");
    }

    @Test
    void theImagesAreTheCallers() {
        Program program = Lowering.of(
                Chain.of(new Activation(Activation.Kind.RELU), Conv.pointwise(3, 5, false)), new Shape(3, 4, 4));
        List<Step> steps = new ArrayList<>(program.steps());
        Step.Activate first = (Step.Activate) steps.get(0);
        steps.set(0, new Step.Activate(first.in(), first.kind(), true, first.out()));
        refused(program.withSteps(steps), "the images may not be overwritten");
    }

    @Test
    void theOutputIsWritten() {
        refused(
                new Program(
                        SOUND.input(),
                        SOUND.steps(),
                        Tensor.plain(77, new Shape(5, 4, 4)),
                        SOUND.parameters(),
                        Set.of()),
                "the output t77 5x4x4 FP32 is written by no step");
    }
}
