package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.family.Networks;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.TrainingModule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network trains in oneDNN's layout as it does channels-last, whatever its knobs. */
class BlockedLayoutTest {
    private static final Optimizer OPTIMIZER = new Optimizer.Sgd(0.9, true, 5e-4);

    @BeforeEach
    void assumeOneDnnBlocks() {
        assumeBlocks();
    }

    static void assumeBlocks() {
        assumeThat(System.getProperty("os.arch"))
                .as("a processor that oneDNN blocks channels for")
                .isEqualTo("amd64");
    }

    static Stream<Networks.Network> suited() {
        return Stream.of(
                of("plain", "pool = max, strides = [1, 1, 1]"),
                of("plain", "pool = average, strides = [1, 1, 1], head.hidden = [20], widths = [12, 24, 40]"),
                of("residual", "mid-ratio = 0.5, activation = gelu"),
                of("residual", "skip = false, kernel = 5, activation = none"),
                of("bottleneck", "mid = 12, cardinality = 4"),
                of("bottleneck", "mid = 64, cardinality = 8"),
                of("bottleneck", "mid = 6, cardinality = 2, widths = [20, 36, 72]"),
                of("dense", "{}"),
                of("dense", "bottleneck-size = null, growth = 16, pool = max"),
                of("inception", "kernel-5x5 = 3, widths = [128, 128, 256]"),
                of("depthwise-separable", "widths = [24, 40, 64]"),
                of("depthwise-separable", "kernel = 5"),
                of("depthwise-separable", "groups = 4"),
                of("inverted-bottleneck", "activation = relu, expansion = 3"));
    }

    /** True where a network trains in the layout when it is asked to. */
    static boolean suits(Layer network, Shape input) {
        return Rules.training(network, input, ElementType.BF16, Form.BLOCKED).form() == Form.BLOCKED;
    }

    private static Networks.Network of(String family, String knobs) {
        return Networks.defaults(family, FamiliesInTheEngineTest.INPUT, 7).with(knobs);
    }

    /** After three steps the weights have moved by every gradient, and the running statistics by every batch. */
    @ParameterizedTest
    @MethodSource("suited")
    void threeStepsMoveEveryTensorAlike(Networks.Network choice) {
        assertThat(suits(choice.layer(), FamiliesInTheEngineTest.INPUT)).isTrue();
        Trained channelsLast = trained(choice.layer(), ElementType.FP32, Form.CHANNELS_LAST, 3);
        Trained blocked = trained(choice.layer(), ElementType.FP32, Form.BLOCKED, 3);
        for (int i = 0; i < channelsLast.losses.size(); i++) {
            assertThat(blocked.losses.get(i)).isCloseTo(channelsLast.losses.get(i), within(1e-4f));
        }
        for (int i = 0; i < channelsLast.tensors.size(); i++) {
            assertThat(distance(blocked.tensors.get(i), channelsLast.tensors.get(i)))
                    .as("tensor %d", i)
                    .isLessThan(1e-3);
        }
    }

    /** Two bits less than bf16 has: three steps of rounding apart. */
    @ParameterizedTest
    @MethodSource("suited")
    void inBf16LossesAreThoseOfFp32WithinItsRounding(Networks.Network choice) {
        assumeThat(Processor.here().kind().bf16()).as("bf16 on this processor").isNotEqualTo(Bf16.EMULATED);
        Trained exact = trained(choice.layer(), ElementType.FP32, Form.CHANNELS_LAST, 3);
        Trained blocked = trained(choice.layer(), ElementType.BF16, Form.BLOCKED, 3);
        for (int i = 0; i < exact.losses.size(); i++) {
            assertThat(blocked.losses.get(i)).isCloseTo(exact.losses.get(i), within(0.03f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"norm = none", "norm = layer", "activation = relu6", "norm = batch, bias = true"})
    void whatTheLibraryLacksStaysChannelsLast(String knobs) {
        assertThat(suits(of("residual", knobs).layer(), FamiliesInTheEngineTest.INPUT))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    inception          | {}                         | two and four channels in windows of five
                    inception          | kernel-5x5 = 3             | parts of four channels
                    dense              | growth = 5                 | parts of five channels
                    residual           | shortcut = repeat          | a sum of parts
                    plain              | kernel = 5, widths = [8, 16, 32]| eight channels in windows of five
                    bottleneck         | mid = 75, cardinality = 5  | groups of 15
                    u-net              | {}                         | no head
                    convnext           | {}                         | layer norms
                    inverted-bottleneck | {}                        | ReLU6
                    """)
    void whatWouldBeSlowOrIsMissingStaysChannelsLast(String family, String knobs, String reason) {
        assertThat(suits(of(family, knobs).layer(), FamiliesInTheEngineTest.INPUT))
                .as(reason)
                .isFalse();
    }

    @Test
    void onlyBf16OnAProcessorIsTrainedInIt() {
        assertThat(Engine.form("gpu:0", Precision.BF16)).isEqualTo(Form.GPU_CHANNELS_LAST);
        assertThat(Engine.form("gpu:0", Precision.FP32)).isEqualTo(Form.GPU_CHANNELS_LAST);
        assertThat(Engine.form("cpu", Precision.FP32)).isEqualTo(Form.CHANNELS_LAST);
        assertThat(Engine.form("cpu", Precision.BF16))
                .isEqualTo(Processor.here().kind().form(Precision.BF16));
    }

    private record Trained(List<Float> losses, List<float[]> tensors) {}

    private static Trained trained(Layer network, ElementType precision, Form form, int steps) {
        Engine engine = Engine.start(1);
        byte[] archive = TrainingModule.of(
                network,
                FamiliesInTheEngineTest.INPUT,
                Initialisation.of(Lowering.of(network, FamiliesInTheEngineTest.INPUT), 0),
                precision,
                form,
                OPTIMIZER,
                0,
                0);
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive);
                Learner learner = new Learner(
                        module,
                        OPTIMIZER,
                        Precision.BF16,
                        FamiliesInTheEngineTest.rates(steps, 0.02),
                        FamiliesInTheEngineTest.BATCH,
                        false)) {
            NDArray images = FamiliesInTheEngineTest.images(manager, FamiliesInTheEngineTest.BATCH);
            NDArray labels = manager.create(new long[] {0, 1, 2, 3, 4, 5, 6, 0});
            List<Float> losses = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                learner.learn(images, labels);
                losses.add(learner.read(step, List.of((long) FamiliesInTheEngineTest.BATCH))
                        .get(0)
                        .loss());
            }
            List<float[]> tensors = module.call(manager, "weights").stream()
                    .map(NDArray::toFloatArray)
                    .toList();
            return new Trained(losses, tensors);
        }
    }

    /** The norm of the difference over the norm, or over that of tenths where means and shifts are about zero. */
    private static double distance(float[] actual, float[] expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference) / Math.max(0.1 * Math.sqrt(expected.length), Math.sqrt(size));
    }
}
