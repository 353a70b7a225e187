package dev.narrows.space;

import dev.narrows.cost.Memory;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;

/**
 * What the memory of a training step depends on beside the network.
 *
 * @param batch images a step
 * @param valueBytes of a scalar of an activation; a precision that is not resolved counts as the larger
 * @param optimizerTensors as large as the weights that the optimizer keeps
 */
record TrainingStep(int batch, int valueBytes, int optimizerTensors) {
    static TrainingStep of(Training training) {
        return new TrainingStep(training.batchSize(), bytes(training.precision()), tensors(training.optimizer()));
    }

    private static int bytes(Precision precision) {
        return switch (precision) {
            case AUTO, FP32 -> 4;
            case BF16, FP16 -> 2;
        };
    }

    private static int tensors(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return sgd.momentum() > 0 ? 1 : 0;
        }
        return 2;
    }

    /** An estimate of the bytes of one step. */
    long bytes(Layer network, Shape input) {
        return Memory.trainingBytes(network, input, batch, valueBytes, optimizerTensors);
    }
}
