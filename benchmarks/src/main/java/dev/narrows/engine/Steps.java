package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.net.Layer;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The engine's own steps on batches given, as {@link TrialRunner} takes them. */
public final class Steps implements AutoCloseable {
    /** More than a benchmark takes. */
    private static final int STEPS = 1_000_000;

    private final PtNDManager manager;
    private final Module module;
    private final Learner learner;
    private long step;

    /**
     * Loads a network with its initial weights of seed 0.
     *
     * @param training the program of its training step, in the precision given
     */
    public Steps(
            Engine engine, Layer network, Program training, Precision precision, Optimizer optimizer, double rate) {
        manager = engine.manager("cpu");
        module = new Module(
                manager,
                TrainingModule.of(
                        training,
                        network,
                        Initialisation.of(training, 0),
                        Map.of(),
                        Engine.elementType(precision),
                        optimizer,
                        new Target.Label(0),
                        0));
        double[] rates = new double[STEPS];
        Arrays.fill(rates, rate);
        learner = new Learner(module, optimizer, precision, rates, 1, false);
    }

    /** A batch off the heap, N·H·W·C floats. */
    public static ByteBuffer floats(float[] values) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    /** Labels off the heap. */
    public static ByteBuffer longs(long[] values) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
        buffer.asLongBuffer().put(values);
        return buffer;
    }

    private static NDArray images(PtNDManager batch, ByteBuffer images, dev.narrows.net.Shape shape) {
        long count = images.capacity() / Float.BYTES / shape.elements();
        return batch.create(
                images.duplicate(),
                new Shape(count, shape.height(), shape.width(), shape.channels()),
                DataType.FLOAT32);
    }

    private static NDArray labels(PtNDManager batch, ByteBuffer labels) {
        return batch.create(labels.duplicate(), new Shape(labels.capacity() / Long.BYTES), DataType.INT64);
    }

    /** One training step; gives the loss. */
    public double train(ByteBuffer images, ByteBuffer labels, dev.narrows.net.Shape shape) {
        try (PtNDManager batch = (PtNDManager) manager.newSubManager()) {
            learner.learn(images(batch, images, shape), labels(batch, labels));
            return learner.read(step++, List.of(1L)).get(0).loss();
        }
    }

    /** Evaluates one batch; gives the share of top-1 hits. */
    public double evaluate(ByteBuffer images, ByteBuffer labels, dev.narrows.net.Shape shape) {
        try (PtNDManager batch = (PtNDManager) manager.newSubManager()) {
            NDList out = module.call(batch, "evaluate", images(batch, images, shape), labels(batch, labels));
            long hits = 0;
            long[] each = out.get(1).toLongArray();
            for (long hit : each) {
                hits += hit;
            }
            return (double) hits / each.length;
        }
    }

    /** The first scalar of the first weight. */
    public double someWeight() {
        return module.parameters().get(0).flatten().getFloat(0);
    }

    @Override
    public void close() {
        learner.close();
        module.close();
        manager.close();
    }
}
