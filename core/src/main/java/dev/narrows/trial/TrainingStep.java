package dev.narrows.trial;

import dev.narrows.cost.Memory;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Program;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;

/**
 * The properties of a training step that its memory depends on, beside the network.
 *
 * @param batch images per step
 * @param type of activations; a precision that is not resolved counts as the larger
 * @param optimizerTensors as large as the weights that the optimizer keeps
 */
public record TrainingStep(int batch, ElementType type, int optimizerTensors) {
    /** A step in whole batches. */
    public static TrainingStep of(Training training) {
        return new TrainingStep(
                training.batchSize(),
                type(training.precision()),
                training.optimizer().state().size());
    }

    /**
     * A step in whole batches, or in one batch of all images where they are fewer.
     *
     * @param images of the training part
     */
    public static TrainingStep of(Training training, int images) {
        TrainingStep step = of(training);
        return new TrainingStep(Math.min(step.batch(), images), step.type(), step.optimizerTensors());
    }

    private static ElementType type(Precision precision) {
        return switch (precision) {
            case AUTO, FP32 -> ElementType.FP32;
            case BF16 -> ElementType.BF16;
            case FP16 -> ElementType.FP16;
        };
    }

    /** An estimate of the bytes of one step of this program. */
    public long bytes(Program program) {
        return Memory.trainingBytes(program, batch, optimizerTensors);
    }

    /** An estimate of the bytes of an evaluation by this program, so many images at once, between two steps. */
    public long evaluationBytes(Program program, int images) {
        return Memory.evaluationBytes(program, images, optimizerTensors);
    }

    /** An estimate of the bytes of one step in the form that plans count. */
    public long bytes(Layer network, Shape input) {
        return bytes(network, input, Form.CHANNELS_LAST);
    }

    /** An estimate of the bytes of one step in a form. */
    public long bytes(Layer network, Shape input, Form form) {
        return Memory.trainingBytes(network, input, batch, type, optimizerTensors, form);
    }
}
