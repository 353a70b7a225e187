package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.cost.Cost;
import dev.narrows.data.random.Seeds;
import dev.narrows.family.Families;
import dev.narrows.family.Networks;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Frozen;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.program.Parameter;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.InferenceModule;
import dev.narrows.torch.TrainingModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The readings of a network agree with the engine, for every family over random knobs. */
class FamiliesInTheEngineTest {
    static final Shape INPUT = new Shape(3, 16, 16);
    private static final int CLASSES = 7;
    static final int BATCH = 8;
    private static final int CHOICES = 8;

    private static final List<String> ANY_STYLE = List.of(
            "{}",
            "norm = none",
            "norm = layer",
            "norm = batch, bias = true",
            "activation = gelu",
            "activation = relu6",
            "activation = none",
            "norm = none, activation = relu6");

    /** Axes beside the style, in the words of a study file. */
    private static final Map<String, List<List<String>>> AXES = Map.of(
            "plain",
            List.of(
                    List.of("kernel = 3", "kernel = 5", "kernel = 1", "groups = 2, stem { width = 16 }"),
                    List.of("pool = none", "pool = max, strides = [1, 1, 1]", "pool = average, strides = [1, 1, 1]"),
                    List.of("head { hidden = null }", "head { hidden = [20, 12] }", "head { pool = 2 }")),
            "residual",
            List.of(
                    List.of("mid-ratio = 0.5", "mid = 8", "kernel = 5"),
                    List.of("skip = false", "shortcut = repeat", "depths = [2, 1, 1]")),
            "bottleneck",
            List.of(
                    List.of("cardinality = 4", "mid = 8", "cardinality = 2, width-per-group = 3", "kernel = 5"),
                    List.of("skip = false", "shortcut = repeat", "depths = [1, 2, 1]")),
            "inception",
            List.of(
                    List.of("reduce = false", "reduce-ratio = 0.25", "kernel-5x5 = 3"),
                    List.of(
                            "pool-projection = false, shares = [2, 4, 1, 0]",
                            "pool = average",
                            "shares = [1, 1, 0, 1]")),
            "depthwise-separable",
            List.of(List.of("kernel = 5", "groups = 1", "groups = 4", "width-multiplier = 0.5")),
            "inverted-bottleneck",
            List.of(
                    List.of("expansion = 1", "expansion = 3", "kernel = 5", "groups = 1", "groups = 8"),
                    List.of("linear = false", "skip = false", "depths = [2, 2, 1]", "width-multiplier = 0.75")),
            "dense",
            List.of(List.of("bottleneck-size = null", "compression = 1", "growth = 5", "pool = max")),
            "u-net",
            List.of(
                    List.of("up = bilinear", "up = nearest", "up = transposed"),
                    List.of("skip = false", "base-width = 6", "pool = average", "convolutions = 1")),
            "convnext",
            List.of(List.of("kernel = 3", "expansion = 2", "layer-scale = null", "layer-scale = 0.1", "skip = false")));

    static Stream<Networks.Network> choices() {
        return Families.load().names().stream().flatMap(FamiliesInTheEngineTest::choicesOf);
    }

    private static Stream<Networks.Network> choicesOf(String family) {
        UniformRandomProvider random = Seeds.generator(20261123, family, 0);
        return Stream.generate(() -> {
                    Networks.Network network = Networks.defaults(family, INPUT, CLASSES)
                            .with(ANY_STYLE.get(random.nextInt(ANY_STYLE.size())));
                    for (List<String> axis : AXES.get(family)) {
                        network = network.with(axis.get(random.nextInt(axis.size())));
                    }
                    return network;
                })
                .limit(CHOICES);
    }

    /** A U-Net gives scores for each position, and trains with one label each: not by these labels. */
    static Stream<Networks.Network> classifiers() {
        return Families.load().names().stream()
                .filter(family -> !family.equals("u-net"))
                .map(family -> Networks.defaults(family, INPUT, CLASSES));
    }

    private static NDArray images(PtNDManager manager) {
        return images(manager, BATCH);
    }

    /** Drawn fp32 images (N, H, W, C). */
    static NDArray images(PtNDManager manager, int batch) {
        var normal = ZigguratSampler.NormalizedGaussian.of(Seeds.generator(1, "images", 0));
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) (batch * INPUT.elements() * Float.BYTES))
                .order(ByteOrder.nativeOrder());
        while (buffer.hasRemaining()) {
            buffer.putFloat((float) normal.sample());
        }
        var shape = new ai.djl.ndarray.types.Shape(batch, INPUT.height(), INPUT.width(), INPUT.channels());
        return manager.create(buffer.flip(), shape, DataType.FLOAT32);
    }

    /** Weights with norms that do something, as if trained. */
    static Weights trained(Layer network) {
        Weights weights = Initialisation.of(Lowering.of(network, INPUT), 3);
        UniformRandomProvider random = Seeds.generator(3, "norms", 0);
        for (Parameter slot : Lowering.of(network, INPUT).parameters()) {
            if (slot.role() != Parameter.Role.WEIGHT) {
                float[] values = weights.get(slot);
                for (int i = 0; i < values.length; i++) {
                    values[i] += 0.5f * random.nextFloat();
                }
            }
        }
        return weights;
    }

    @ParameterizedTest
    @MethodSource("choices")
    void parametersAndShapeAreWhatTheReadingsSay(Networks.Network choice) {
        Layer network = choice.layer();
        Engine engine = Engine.start(1);
        Weights weights = trained(network);
        byte[] archive = InferenceModule.of(Rules.kept(network, INPUT), weights);
        byte[] foldedArchive =
                InferenceModule.of(Frozen.of(Rules.deployment(network, INPUT, ElementType.FP32), weights));
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive);
                Module foldedModule = new Module(manager, foldedArchive)) {
            long parameters =
                    module.parameters().stream().mapToLong(NDArray::size).sum();
            assertThat(parameters).isEqualTo(Cost.of(network, INPUT).params());

            NDArray images = images(manager).transpose(0, 3, 1, 2);
            NDArray scores = module.call(manager, "forward", images).get(0);
            Shape law = network.output(INPUT);
            long[] expected = law.height() == 1
                    ? new long[] {BATCH, law.channels()}
                    : new long[] {BATCH, law.channels(), law.height(), law.width()};
            assertThat(scores.getShape().getShape()).isEqualTo(expected);

            NDArray foldedScores = foldedModule.call(manager, "forward", images).get(0);
            double difference = scores.sub(foldedScores).abs().max().getFloat();
            double size = scores.abs().max().getFloat();
            assertThat(size).isPositive();
            assertThat(difference / size).isLessThanOrEqualTo(1e-4);
        }
    }

    /** The same rate for so many steps. */
    static double[] rates(int steps, double rate) {
        double[] rates = new double[steps];
        Arrays.fill(rates, rate);
        return rates;
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void lossOfOneBatchFallsByNineTenthsWithinAHundredSteps(Networks.Network choice) {
        Layer network = choice.layer();
        Engine engine = Engine.start(1);
        Optimizer optimizer = new Optimizer.AdamW(0.9, 0.999, 1e-8, 0);
        byte[] archive = TrainingModule.of(
                network,
                INPUT,
                Initialisation.of(Lowering.of(network, INPUT), 0),
                ElementType.FP32,
                Form.CHANNELS_LAST,
                optimizer,
                0,
                1);
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive);
                Learner learner = new Learner(module, optimizer, Precision.FP32, rates(100, 0.003), BATCH, false)) {
            NDArray images = images(manager);
            NDArray labels = manager.create(new long[] {0, 1, 2, 3, 4, 5, 6, 0});
            float first = 0;
            float last = 0;
            for (int step = 0; step < 100; step++) {
                learner.learn(images, labels);
                last = learner.read(step, List.of((long) BATCH)).get(0).loss();
                first = step == 0 ? last : first;
            }
            assertThat(last).isLessThan(first / 10);
        }
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void evaluationFoldsNormsWithoutChangingTheLoss(Networks.Network choice) {
        Layer network = choice.layer();
        Engine engine = Engine.start(1);
        Weights weights = trained(network);
        Optimizer optimizer = new Optimizer.Sgd(0, false, 0);
        byte[] evaluating =
                TrainingModule.of(network, INPUT, weights, ElementType.FP32, Form.CHANNELS_LAST, optimizer, 0, 0);
        byte[] deployed = InferenceModule.of(Rules.kept(network, INPUT), weights);
        try (PtNDManager manager = engine.manager("cpu");
                Module evaluation = new Module(manager, evaluating);
                Module forward = new Module(manager, deployed)) {
            NDArray images = images(manager);
            NDArray labels = manager.create(new long[] {0, 1, 2, 3, 4, 5, 6, 0});
            NDArray losses =
                    evaluation.call(manager, "evaluate", images, labels).get(0);
            NDArray scores = forward.call(manager, "forward", images.transpose(0, 3, 1, 2))
                    .get(0);
            NDArray expected = scores.logSoftmax(1)
                    .gather(labels.reshape(BATCH, 1), 1)
                    .flatten()
                    .neg();
            double difference = losses.sub(expected).abs().max().getFloat();
            assertThat(difference / expected.abs().max().getFloat()).isLessThanOrEqualTo(1e-4);
        }
    }
}
