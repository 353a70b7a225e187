package dev.narrows.benchmarks;

import dev.narrows.engine.Engine;
import dev.narrows.engine.Steps;
import dev.narrows.engine.ThisProcessor;
import dev.narrows.net.Layer;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A network for images of {@link Variant#INPUT} in the engine of Narrows. */
public final class ScriptSubject implements Subject {
    static final int BATCHES = 4;
    static final double RATE = 0.02;
    static final double MOMENTUM = 0.9;

    private final Steps steps;
    private final List<ByteBuffer> images = new ArrayList<>();
    private final List<ByteBuffer> labels = new ArrayList<>();
    private final ByteBuffer evaluatedImages;
    private final ByteBuffer evaluatedLabels;
    private int next;

    /** A variant as a trial of a precision trains it on this processor. */
    ScriptSubject(Variant variant, Precision precision) {
        this(
                variant.network(),
                Rules.training(
                        variant.network(),
                        Variant.INPUT,
                        ThisProcessor.elementType(precision),
                        ThisProcessor.form(precision)),
                precision);
    }

    /** A network as a program of a precision trains it. */
    public ScriptSubject(Layer network, Program training, Precision precision) {
        steps = new Steps(Engine.start(1), network, training, precision, new Optimizer.Sgd(MOMENTUM, false, 0), RATE);
        for (int i = 0; i < BATCHES; i++) {
            Pictures pictures = Pictures.of(TRAINED, Variant.INPUT, Variant.CLASSES, i);
            images.add(Steps.floats(pictures.images()));
            labels.add(Steps.longs(pictures.labels()));
        }
        Pictures pictures = Pictures.of(EVALUATED, Variant.INPUT, Variant.CLASSES, BATCHES);
        evaluatedImages = Steps.floats(pictures.images());
        evaluatedLabels = Steps.longs(pictures.labels());
    }

    @Override
    public double train() {
        int batch = next++ % BATCHES;
        return steps.train(images.get(batch), labels.get(batch), Variant.INPUT);
    }

    @Override
    public double evaluate() {
        return steps.evaluate(evaluatedImages, evaluatedLabels, Variant.INPUT);
    }

    @Override
    public double someWeight() {
        return steps.someWeight();
    }

    @Override
    public void close() {
        steps.close();
    }
}
