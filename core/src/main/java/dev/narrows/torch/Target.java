package dev.narrows.torch;

import dev.narrows.study.Loss;

/** Target of training, as the methods of a module take it. */
public sealed interface Target {
    /**
     * A class an image: labels are 64-bit integers (N).
     *
     * @param smoothing share of the target that is spread over all classes
     */
    record Label(double smoothing) implements Target {}

    /**
     * A class for each position of the scores: labels are bytes (N, H, W).
     *
     * @param ignoring true if some positions are of no class (255): they add nothing to the loss or the measures
     * @param smoothing share of the target that is spread over all classes, of cross-entropy
     */
    record Mask(Loss loss, int classes, boolean ignoring, double smoothing) implements Target {}
}
