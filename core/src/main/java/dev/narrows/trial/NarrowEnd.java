package dev.narrows.trial;

import java.io.Serializable;

/**
 * What the narrow end of one block lost, with the final weights on validation images.
 *
 * @param block where it is
 * @param channels how many there are
 * @param deadShare share of its activations, over images, positions and channels, that a ReLU or ReLU6 right before it
 *     set to 0; 0 where the end is linear or a GELU, which silence nothing
 * @param effectiveRank exp of the entropy of the normalised singular values of its centred activations (Roy and
 *     Vetterli, 2007): 1 where one direction has all the variance, as many as there are channels where all have the same,
 *     0 where nothing varies
 */
public record NarrowEnd(String block, int channels, double deadShare, double effectiveRank) implements Serializable {
    /** The effective rank as a share of the channels, 0 to 1. */
    public double rankShare() {
        return effectiveRank / channels;
    }
}
