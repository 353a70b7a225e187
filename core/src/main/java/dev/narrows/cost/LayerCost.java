package dev.narrows.cost;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Costs of one layer for one input; the rows of a network add up to its {@link Cost}.
 *
 * @param block the named part of the network it stands in, such as {@code stage 2 block 1}; a slash separates
 *     nested parts
 * @param layer description, such as {@code 3x3 conv 64→128 /2}
 * @param output shape of its output (C, H, W)
 * @param params trainable scalars
 * @param macs multiply-accumulates, of convolutions and linear layers
 * @param activations elements of its output, of convolutions
 */
public record LayerCost(String block, String layer, Shape output, long params, long macs, long activations) {
    /**
     * A row for every layer that computes something, in the order in which a forward pass does.
     *
     * @throws dev.narrows.net.ShapeException where the network cannot take this input
     * @throws IllegalArgumentException where a count is more than 64 bits hold
     */
    public static List<LayerCost> of(Layer network, Shape input) {
        List<LayerCost> rows = new ArrayList<>();
        new Counting(rows::add).read(network, input);
        return List.copyOf(rows);
    }
}
