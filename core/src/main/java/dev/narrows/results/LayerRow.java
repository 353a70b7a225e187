package dev.narrows.results;

import dev.narrows.net.Shape;
import java.io.Serializable;

/**
 * What one layer of a variant costs.
 *
 * @param position counted from 0 in the order of the network
 * @param block the path of the blocks around it, as {@code stage-1/block-2}
 * @param layer what it is, as {@code conv 3x3, 16 to 32}
 * @param input shape (C, H, W)
 * @param output shape (C, H, W)
 */
public record LayerRow(
        String variantId,
        String variant,
        int position,
        String block,
        String layer,
        Shape input,
        Shape output,
        long params,
        long macs,
        long activations)
        implements Serializable {}
