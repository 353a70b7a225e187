package dev.narrows.space;

import dev.narrows.cost.Memory;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;

/**
 * What the memory of a training step depends on beside the network.
 *
 * @param batch images a step
 * @param valueBytes of a scalar of an activation; a precision that is not resolved counts as the larger
 * @param optimizerTensors as large as the weights that the optimizer keeps
 */
public record TrainingStep(int batch, int valueBytes, int optimizerTensors) {
    /** A step in whole batches. */
    public static TrainingStep of(Training training) {
        return new TrainingStep(
                training.batchSize(),
                bytes(training.precision()),
                training.optimizer().state().size());
    }

    /**
     * A step in whole batches, or in one batch of all images where they are fewer.
     *
     * @param images of the training part
     */
    public static TrainingStep of(Training training, int images) {
        TrainingStep step = of(training);
        return new TrainingStep(Math.min(step.batch(), images), step.valueBytes(), step.optimizerTensors());
    }

    private static int bytes(Precision precision) {
        return switch (precision) {
            case AUTO, FP32 -> 4;
            case BF16, FP16 -> 2;
        };
    }

    /** An estimate of the bytes of one step. */
    public long bytes(Layer network, Shape input) {
        return Memory.trainingBytes(network, input, batch, valueBytes, optimizerTensors);
    }
}
