package dev.narrows.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;

/**
 * A variant in DJL's own blocks, trained by DJL's trainer and optimizer, as a Java program without Narrows would.
 *
 * <p>DJL's gradient collector allows one in a process. Where several train beside each other, which DJL alone cannot,
 * the gradient mode of the thread is set as Narrows does, so that there is something to compare.
 */
final class DjlSubject implements Subject {
    private final boolean alone;
    private final Model model;
    private final Trainer trainer;
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final List<NDArray> images = new ArrayList<>();
    private final List<NDArray> labels = new ArrayList<>();
    private final NDArray evaluatedImages;
    private final NDArray evaluatedLabels;
    private final NDArray one;
    private int next;

    DjlSubject(Variant variant, boolean alone) {
        this.alone = alone;
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        model = Model.newInstance(variant.word(), "PyTorch");
        JniUtils.setNumThreads(1);
        model.setBlock(DjlBlocks.of(variant.network()));
        trainer = model.newTrainer(new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed((float) ScriptSubject.RATE))
                        .optMomentum((float) ScriptSubject.MOMENTUM)
                        .build()));
        trainer.initialize(shape(TRAINED));
        NDManager manager = trainer.getManager();
        for (int i = 0; i < ScriptSubject.BATCHES; i++) {
            Pictures pictures = Pictures.of(TRAINED, Variant.INPUT, Variant.CLASSES, i);
            images.add(manager.create(pictures.channelsFirst(Variant.INPUT), shape(TRAINED)));
            labels.add(manager.create(pictures.labels()));
        }
        Pictures pictures = Pictures.of(EVALUATED, Variant.INPUT, Variant.CLASSES, ScriptSubject.BATCHES);
        evaluatedImages = manager.create(pictures.channelsFirst(Variant.INPUT), shape(EVALUATED));
        evaluatedLabels = manager.create(pictures.labels());
        one = manager.create(1f);
    }

    private static Shape shape(int count) {
        return new Shape(count, Variant.INPUT.channels(), Variant.INPUT.height(), Variant.INPUT.width());
    }

    @Override
    public double train() {
        int batch = next++ % ScriptSubject.BATCHES;
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray x = images.get(batch).duplicate();
            NDArray y = labels.get(batch).duplicate();
            x.attach(manager);
            y.attach(manager);
            NDArray value;
            if (alone) {
                try (GradientCollector collector = trainer.newGradientCollector()) {
                    value = loss.evaluate(new NDList(y), trainer.forward(new NDList(x)));
                    collector.backward(value);
                }
            } else {
                JniUtils.setGradMode(true);
                try {
                    value = loss.evaluate(new NDList(y), trainer.forward(new NDList(x)));
                } finally {
                    JniUtils.setGradMode(false);
                }
                JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
            }
            trainer.step();
            if (!alone) {
                // What DJL's collector does when it opens.
                model.getBlock().getParameters().values().stream()
                        .filter(parameter -> parameter.requiresGradient())
                        .forEach(parameter -> parameter
                                .getArray()
                                .getGradient()
                                .subi(parameter.getArray().getGradient()));
            }
            return value.getFloat();
        }
    }

    @Override
    public double evaluate() {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray x = evaluatedImages.duplicate();
            x.attach(manager);
            NDArray scores = model.getBlock()
                    .forward(new ParameterStore(manager, false), new NDList(x), false)
                    .singletonOrThrow();
            loss.evaluate(new NDList(evaluatedLabels), new NDList(scores)).getFloat();
            NDArray hits = scores.argMax(1)
                    .eq(evaluatedLabels)
                    .toType(DataType.INT64, false)
                    .sum();
            return (double) hits.getLong() / EVALUATED;
        }
    }

    @Override
    public double someWeight() {
        return model.getBlock()
                .getParameters()
                .get(0)
                .getValue()
                .getArray()
                .flatten()
                .getFloat(0);
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
