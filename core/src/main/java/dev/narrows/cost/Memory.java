package dev.narrows.cost;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import java.util.function.LongSupplier;

/**
 * Estimates of the bytes that a network needs beside the program itself.
 *
 * <p>The forward pass is played through step by step, as the {@link Program} that the engine runs: activations and
 * additions overwrite their input where the program says so, a tensor lives until its last reader has run. What the
 * estimates leave out are the library's scratch space inside an operation, and what an allocator loses to gaps: where
 * it keeps freed memory for speed, a training process was seen to hold up to twice as much.
 *
 * <p>A training step also keeps, until the backward pass has used it, what autograd saves:
 *
 * <ul>
 *   <li>the input of every convolution and linear layer, norm, pooling, ReLU6, GELU and layer scale;
 *   <li>the output of every ReLU (which is the next convolution's input, so it counts once);
 *   <li>an 8-byte index for each output of a maximum pooling (which a forward pass alone computes and drops), and
 *       two fp32 scalars per position for each layer norm;
 *   <li>in reduced precision a copy of every convolution's and linear layer's weight, the layer of the scores excepted.
 * </ul>
 *
 * <p>Estimates for a plan are of the form {@link Form#CHANNELS_LAST}, so that they are the same on every machine. A
 * trial that starts counts the program that it runs.
 *
 * <p>The backward pass goes through the layers in reverse, holding the gradients of a layer's output and input, those
 * that wait at forks, and the new gradient of its weights, and frees what was kept as it goes. The largest sum counts.
 */
public final class Memory {
    private Memory() {}

    /**
     * Bytes of a training step in {@link Form#CHANNELS_LAST}: weights, their gradients and the optimizer's tensors in
     * fp32, the images, and the largest that activations and gradients of activations come to.
     *
     * @param batch images per step
     * @param type of activations
     * @param optimizerTensors that the optimizer keeps as large as the weights: 1 for a momentum, 2 for AdamW
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public static long trainingBytes(Layer network, Shape input, int batch, ElementType type, int optimizerTensors) {
        return trainingBytes(network, input, batch, type, optimizerTensors, Form.CHANNELS_LAST);
    }

    /** Bytes of a training step in the form that an executor is known to choose, as above. */
    public static long trainingBytes(
            Layer network, Shape input, int batch, ElementType type, int optimizerTensors, Form form) {
        return exactly(input, () -> ofTraining(Rules.training(network, input, type, form), batch, optimizerTensors));
    }

    /**
     * Bytes of a training step of this program, as above.
     *
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public static long trainingBytes(Program program, int batch, int optimizerTensors) {
        return exactly(program.input().shape(), () -> ofTraining(program, batch, optimizerTensors));
    }

    /**
     * Bytes between training steps while a batch is evaluated by this program: weights and the optimizer's tensors in
     * fp32, the images, and the largest set of activations that live at one time.
     *
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public static long evaluationBytes(Program program, int batch, int optimizerTensors) {
        return exactly(
                program.input().shape(),
                () -> Math.addExact(
                        Math.multiplyExact(1L + optimizerTensors, weightBytes(program)),
                        Allocations.peak(program, batch, false)));
    }

    private static long ofTraining(Program program, int batch, int optimizerTensors) {
        return Math.addExact(
                Math.multiplyExact(2L + optimizerTensors, weightBytes(program)),
                Allocations.peak(program, batch, true));
    }

    /**
     * Bytes of a forward pass of the deployed network, whose batch norms are folded into the convolutions before them:
     * weights in fp32, the images, and the largest set of activations that live at one time.
     *
     * @param batch images a call
     * @param type of activations
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public static long inferenceBytes(Layer network, Shape input, int batch, ElementType type) {
        return exactly(input, () -> {
            Program program = Rules.deployment(network, input, type);
            return Math.addExact(weightBytes(program), Allocations.peak(program, batch, false));
        });
    }

    /** The same for one image in fp32: the measure {@code inference_memory_bytes}. */
    public static long inferenceBytes(Layer network, Shape input) {
        return inferenceBytes(network, input, 1, ElementType.FP32);
    }

    /** Scalars of the largest set of activations that live at one time, for one input. */
    public static long liveActivations(Layer network, Shape input) {
        return exactly(input, () -> {
            Program program = Rules.deployment(network, input, ElementType.FP32);
            return Allocations.peak(program, 1, false) / ElementType.FP32.bytes();
        });
    }

    /** Bytes in fp32 of all that training moves, norms included. */
    private static long weightBytes(Program program) {
        long scalars = 0;
        for (Parameter parameter : program.trainable()) {
            long product = 1;
            for (int size : parameter.shape().sizes()) {
                product = Math.multiplyExact(product, (long) size);
            }
            scalars = Math.addExact(scalars, product);
        }
        return Math.multiplyExact(scalars, (long) ElementType.FP32.bytes());
    }

    private static long exactly(Shape input, LongSupplier bytes) {
        try {
            return bytes.getAsLong();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Cannot count the memory of a network for %s inputs: more than 64 bits hold".formatted(input), e);
        }
    }
}
