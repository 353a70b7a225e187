package dev.narrows.cost;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.io.Serializable;

/**
 * Costs of a network for one input, exact in 64 bits.
 *
 * @param params trainable scalars
 * @param macs multiply-accumulates of convolutions and linear layers
 * @param activations elements of all convolution outputs (Radosavovic et al., 2020)
 * @param depth convolutions and linear layers on the longest way from input to output
 */
public record Cost(long params, long macs, long activations, int depth) implements Serializable {
    private static final int WEIGHT_BYTES = 4;

    /**
     * Counts a network for one input of this shape (C, H, W).
     *
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where a count is more than 64 bits hold
     */
    public static Cost of(Layer network, Shape input) {
        Counting counting = new Counting();
        counting.read(network, input);
        return counting.cost();
    }

    /**
     * Bytes of the weights as a trained network keeps them, in fp32.
     *
     * @throws IllegalArgumentException where it is more than 64 bits hold
     */
    public long weightBytes() {
        if (params > Long.MAX_VALUE / WEIGHT_BYTES) {
            throw new IllegalArgumentException(
                    "Cannot count the bytes of %d weights: more than 64 bits hold".formatted(params));
        }
        return params * WEIGHT_BYTES;
    }
}
