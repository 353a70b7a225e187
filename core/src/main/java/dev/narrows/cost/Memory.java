package dev.narrows.cost;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.function.LongSupplier;

/**
 * Estimates of the bytes that a network needs beside the program itself.
 *
 * <p>The forward pass is played through tensor by tensor, as the TorchScript of this network allocates them: activations
 * and additions overwrite their input where nobody else reads it, a fork keeps its input and its earlier branches until
 * it merges them, and everything else is freed after its last reader. What the estimates leave out are the library's
 * scratch space inside an operation, and what an allocator loses to gaps: where it keeps freed memory for speed, a
 * training process was seen to hold up to twice as much.
 *
 * <p>A training step also keeps, until the backward pass has used it, what autograd saves:
 *
 * <ul>
 *   <li>the input of every convolution and linear layer, norm, pooling, ReLU6, GELU and layer scale;
 *   <li>the output of every ReLU (which is the next convolution's input, so it counts once);
 *   <li>an 8-byte index for each output of a maximum pooling (which a forward pass alone computes and drops), and two fp32 scalars a position for each layer norm;
 *   <li>in reduced precision a copy of every convolution's and linear layer's weight, the layer of the scores excepted.
 * </ul>
 *
 * <p>Where a network in reduced precision suits {@link BlockedLayout}, its channels are counted as that fills them up:
 * fp16 and GPUs, which do without, need a little less.
 *
 * <p>The backward pass goes through the layers in reverse, holding the gradients of a layer's output and input, those
 * that wait at forks, and the new gradient of its weights, and frees what was kept as it goes. The largest sum counts.
 */
public final class Memory {
    private static final int FP32_BYTES = 4;

    private Memory() {}

    /**
     * Bytes of a training step: weights, their gradients and the optimizer's tensors in fp32, the images, and the
     * largest that activations and gradients of activations come to.
     *
     * @param batch images a step
     * @param valueBytes of a scalar of an activation: 4 in fp32, 2 in bf16 and fp16
     * @param optimizerTensors that the optimizer keeps as large as the weights: 1 for a momentum, 2 for AdamW
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public static long trainingBytes(Layer network, Shape input, int batch, int valueBytes, int optimizerTensors) {
        return exactly(input, () -> {
            long weights = Cost.of(network, input).weightBytes();
            return Math.addExact(
                    Math.multiplyExact(2L + optimizerTensors, weights),
                    Allocations.peak(network, input, batch, valueBytes, true));
        });
    }

    /**
     * Bytes of a forward pass of the deployed network, whose batch norms are folded into the convolutions before them:
     * weights in fp32, the images, and the largest set of activations that live at one time.
     *
     * @param batch images a call
     * @param valueBytes of a scalar of an activation: 4 in fp32, 2 in bf16 and fp16
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public static long inferenceBytes(Layer network, Shape input, int batch, int valueBytes) {
        return exactly(input, () -> {
            long weights = Cost.of(network, input).weightBytes();
            return Math.addExact(weights, Allocations.peak(network, input, batch, valueBytes, false));
        });
    }

    /** Scalars of the largest set of activations that live at one time, for one input. */
    public static long liveActivations(Layer network, Shape input) {
        return exactly(input, () -> Allocations.peak(network, input, 1, FP32_BYTES, false) / FP32_BYTES);
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
