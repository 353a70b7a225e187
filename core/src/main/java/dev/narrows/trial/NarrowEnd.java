package dev.narrows.trial;

import java.io.Serializable;

/**
 * The losses at the narrow end of one block, with the final weights on validation images.
 *
 * @param block name of the block
 * @param channels number of channels
 * @param deadShare share of its activations, over images, positions and channels, that a ReLU or ReLU6 right before it
 *     set to 0; 0 where the end is linear or a GELU, which silence nothing
 * @param effectiveRank exp of the entropy of the normalised singular values of its centred activations (Roy and
 *     Vetterli, 2007): 1 where one direction has all the variance, as many as there are channels where all have the
 *     same, 0 where nothing varies
 */
public record NarrowEnd(String block, int channels, double deadShare, double effectiveRank) implements Serializable {
    /** The effective rank as a share of the channels, 0 to 1. */
    public double rankShare() {
        return effectiveRank / channels;
    }
}
