package dev.narrows.torch;

import dev.narrows.study.Loss;

/** What a network is taught, as the methods of its module see it. */
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
     * @param smoothing share of the target that is spread over all classes, of cross-entropy
     */
    record Mask(Loss loss, int classes, double smoothing) implements Target {}
}
