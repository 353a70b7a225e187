package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.rule.Rules;
import dev.narrows.program.rule.TrainingRule;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Depthwise convolutions in groups of several channels give the loss and the gradients of plain ones. */
class JoinedChannelsTest {
    private static final Shape INPUT = new Shape(1, 28, 28);
    private static final int BATCH = 8;
    private static final int CHANNELS = 32;
    private static final double RATE = 0.5;
    private static final Layer NETWORK = Chain.of(
            Conv.same(1, CHANNELS, 3, 1, 1, false),
            block(5, 1),
            block(3, 2),
            block(7, 1),
            new AdaptivePool(1),
            new Linear(CHANNELS, 7, true));

    private static Layer block(int kernel, int stride) {
        return Chain.of(
                Conv.same(CHANNELS, CHANNELS, kernel, stride, CHANNELS, false),
                new Norm(Norm.Kind.BATCH, CHANNELS),
                new Activation(Activation.Kind.RELU),
                Conv.pointwise(CHANNELS, CHANNELS, false),
                new Norm(Norm.Kind.BATCH, CHANNELS));
    }

    private static Program program(ElementType type, Set<TrainingRule> rules) {
        return Rules.training(NETWORK, INPUT, type, Form.CHANNELS_LAST, rules);
    }

    private static Set<TrainingRule> with(TrainingRule rule, ElementType type) {
        Set<TrainingRule> rules = EnumSet.copyOf(TrainingRule.of(type, Form.CHANNELS_LAST));
        rules.add(rule);
        return rules;
    }

    @ParameterizedTest
    @EnumSource(
            value = TrainingRule.class,
            names = {"LARGE_DEPTHWISE_IN_SIXTEENS", "STRIDED_DEPTHWISE_IN_THIRTY_TWOS"})
    void gradientsAreThoseOfPlainConvolutions(TrainingRule rule) {
        Program joined = program(ElementType.FP32, with(rule, ElementType.FP32));
        assertThat(joins(joined)).as("the law is about something").isTrue();
        Moved plain =
                moved(program(ElementType.FP32, TrainingRule.of(ElementType.FP32, Form.CHANNELS_LAST)), Precision.FP32);
        Moved together = moved(joined, Precision.FP32);
        assertThat(together.loss).isCloseTo(plain.loss, within(1e-5f));
        for (int i = 0; i < plain.tensors.size(); i++) {
            assertThat(distance(together.tensors.get(i), plain.tensors.get(i)))
                    .as("tensor %d", i)
                    .isLessThan(1e-4);
        }
    }

    /** Two bits less than bf16 has, as the loss of one step is rounded on the way. */
    @ParameterizedTest
    @EnumSource(
            value = TrainingRule.class,
            names = {"LARGE_DEPTHWISE_IN_SIXTEENS", "STRIDED_DEPTHWISE_IN_THIRTY_TWOS"})
    void inBf16TheLossIsThatOfFp32WithinItsRounding(TrainingRule rule) {
        Program joined = program(ElementType.BF16, with(rule, ElementType.BF16));
        assertThat(joined.steps())
                .as("the law is about something")
                .anyMatch(step -> step instanceof Step.Convolve conv
                        && conv.filter().together() > 1
                        && conv.in().type() == ElementType.BF16);
        Moved exact =
                moved(program(ElementType.FP32, TrainingRule.of(ElementType.FP32, Form.CHANNELS_LAST)), Precision.FP32);
        assertThat(moved(joined, Precision.BF16).loss).isCloseTo(exact.loss, within(0.03f));
    }

    private static boolean joins(Program program) {
        return program.steps().stream()
                .anyMatch(step ->
                        step instanceof Step.Convolve conv && conv.filter().together() > 1);
    }

    private record Moved(float loss, List<float[]> tensors) {}

    /** The loss of the first step, and how far each tensor moves: the rate times its gradient. */
    private static Moved moved(Program program, Precision precision) {
        Engine engine = Engine.start(1);
        Optimizer optimizer = new Optimizer.Sgd(0, false, 0);
        byte[] archive = TrainingModule.of(
                program,
                NETWORK,
                Initialisation.of(program, 0),
                Map.of(),
                Engine.elementType(precision),
                optimizer,
                new Target.Label(0),
                0);
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive);
                Learner learner = new Learner(
                        module, optimizer, precision, FamiliesInTheEngineTest.rates(1, RATE), BATCH, false)) {
            List<float[]> before = weights(module, manager);
            NDArray labels = manager.create(new long[] {0, 1, 2, 3, 4, 5, 6, 0});
            learner.learn(images(manager), labels);
            float loss = learner.read(0, List.of((long) BATCH)).get(0).loss();
            List<float[]> after = weights(module, manager);
            for (int i = 0; i < before.size(); i++) {
                float[] tensor = after.get(i);
                for (int j = 0; j < tensor.length; j++) {
                    tensor[j] -= before.get(i)[j];
                }
            }
            return new Moved(loss, after);
        }
    }

    private static List<float[]> weights(Module module, PtNDManager manager) {
        return module.call(manager, "weights").stream()
                .map(NDArray::toFloatArray)
                .toList();
    }

    /** No two images alike: a wave of each image's own length. */
    private static NDArray images(PtNDManager manager) {
        float[] values = new float[BATCH * Math.toIntExact(INPUT.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * (0.1 + i / INPUT.elements()));
        }
        return manager.create(values, new ai.djl.ndarray.types.Shape(BATCH, INPUT.height(), INPUT.width(), 1));
    }

    /** The norm of the difference over the norm of what is expected. */
    private static double distance(float[] actual, float[] expected) {
        double difference = 0;
        double size = 1e-12;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / size);
    }
}
