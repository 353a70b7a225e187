package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.narrows.net.Layer;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Lowering;
import dev.narrows.program.Parameter;
import dev.narrows.program.Weights;
import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.torch.TrainingModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the same weights, on the same batches, the engine loses what PyTorch loses, and its batch norms remember what
 * PyTorch's do (src/test/python/parity.py).
 */
class ParityTest {
    private static final double RELATIVE = 1e-4;
    /** Weights have drifted apart by rounding for fifty steps, and means nearly cancel. */
    private static final double RELATIVE_RUNNING = 1e-3;

    private static final Config FIXTURE = ConfigFactory.parseResources("parity/parity.json");
    private static final int BATCH = FIXTURE.getInt("batch");
    private static final int SIDE = FIXTURE.getInt("side");
    private static final int STEPS = FIXTURE.getInt("steps");

    @ParameterizedTest
    @CsvSource({
        "bottleneck, sgd",
        "bottleneck, adamw",
        "inverted-bottleneck, sgd",
        "inverted-bottleneck, adamw",
        "dense, sgd",
        "dense, adamw",
        "convnext, sgd",
        "convnext, adamw",
        "inception, sgd",
        "inception, adamw"
    })
    void fiftyLossesArePyTorchs(String name, String optimizer) throws IOException {
        lossesArePyTorchs(name, optimizer, Form.CHANNELS_LAST);
    }

    /** The layout that training in bf16 takes, in the precision that can be held to PyTorch's. */
    @ParameterizedTest
    @CsvSource({"bottleneck, sgd", "bottleneck, adamw"})
    void inBlocksTheyAreToo(String name, String optimizer) throws IOException {
        BlockedLayoutTest.assumeBlocks();
        assertThat(BlockedLayoutTest.suits(SmallNetworks.all().get(name), SmallNetworks.INPUT))
                .isTrue();
        lossesArePyTorchs(name, optimizer, Form.BLOCKED);
    }

    private static void lossesArePyTorchs(String name, String optimizer, Form form) throws IOException {
        Layer network = SmallNetworks.all().get(name);
        Config expected = FIXTURE.getConfig("networks.\"" + name + "\"." + optimizer);
        Training training = optimizer.equals("sgd")
                ? training(new Optimizer.Sgd(0.9, true, 5e-4), Schedule.ONE_CYCLE, 0.005)
                : training(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.05), Schedule.COSINE, 0.0005);
        Rates rates = new Rates(training, STEPS);
        Engine engine = Engine.start(1);
        List<Double> losses = new ArrayList<>();
        List<Double> used = new ArrayList<>();
        List<Double> running;
        byte[] archive = TrainingModule.of(
                network,
                SmallNetworks.INPUT,
                weights(name, network),
                ElementType.FP32,
                form,
                training.optimizer(),
                0,
                0);
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive);
                Learner learner = new Learner(
                        module,
                        training.optimizer(),
                        training.precision(),
                        IntStream.range(0, STEPS).mapToDouble(rates::at).toArray(),
                        BATCH,
                        false)) {
            for (int step = 0; step < STEPS; step++) {
                try (PtNDManager batch = (PtNDManager) manager.newSubManager()) {
                    learner.learn(images(batch, step), labels(batch, step));
                    losses.add((double)
                            learner.read(step, List.of((long) BATCH)).get(0).loss());
                    used.add(rates.at(step));
                }
            }
            running = runningStatistics(network, module.call(manager, "weights"));
        }
        assertThat(used).hasSize(STEPS);
        compare(used, expected.getDoubleList("rates"), 1e-9);
        compare(losses, expected.getDoubleList("losses"), RELATIVE);
        compare(running, expected.getDoubleList("running"), RELATIVE_RUNNING);
        assertThat(losses.get(STEPS - 1)).isLessThan(losses.get(0));
    }

    /** The norm of each running mean and variance, in the order of the tensors. */
    private static List<Double> runningStatistics(Layer network, NDList tensors) {
        List<Parameter> slots = Lowering.of(network, SmallNetworks.INPUT).parameters();
        List<Double> norms = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Parameter.Role role = slots.get(i).role();
            if (role == Parameter.Role.RUNNING_MEAN || role == Parameter.Role.RUNNING_VARIANCE) {
                norms.add((double) tensors.get(i).norm().getFloat());
            }
        }
        return norms;
    }

    private static void compare(List<Double> actual, List<Double> expected, double relative) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i))
                    .as("number %d", i)
                    .isCloseTo(expected.get(i), within(Math.max(1e-12, Math.abs(expected.get(i)) * relative)));
        }
    }

    private static Training training(Optimizer optimizer, Schedule schedule, double rate) {
        return new Training(
                1,
                BATCH,
                Precision.FP32,
                optimizer,
                schedule,
                rate,
                0,
                0,
                0,
                new Augmentation(0, false),
                Loss.CROSS_ENTROPY,
                0);
    }

    private static NDArray images(PtNDManager manager, int step) throws IOException {
        int floats = BATCH * SIDE * SIDE * 3;
        return manager.create(
                slice("images.bin", step, floats * Float.BYTES), new Shape(BATCH, SIDE, SIDE, 3), DataType.FLOAT32);
    }

    private static NDArray labels(PtNDManager manager, int step) throws IOException {
        return manager.create(slice("labels.bin", step, BATCH * Long.BYTES), new Shape(BATCH), DataType.INT64);
    }

    /** One batch of a file, in memory off the heap, which the engine reads in place. */
    private static ByteBuffer slice(String file, int step, int bytes) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        direct.put(read(file), step % FIXTURE.getInt("batches") * bytes, bytes);
        return direct.flip();
    }

    private static Weights weights(String name, Layer network) throws IOException {
        var floats = ByteBuffer.wrap(read(name + ".bin"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        Weights weights = new Weights();
        for (Parameter slot : Lowering.of(network, SmallNetworks.INPUT).parameters()) {
            float[] values = new float[slot.shape().elements()];
            floats.get(values);
            weights.put(slot, values);
        }
        assertThat(floats.hasRemaining()).as("tensors of %s left over", name).isFalse();
        return weights;
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = ParityTest.class.getResourceAsStream("/parity/" + file)) {
            return in.readAllBytes();
        }
    }
}
