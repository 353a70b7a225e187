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
     * @param ignoring whether some positions are of no class, which 255 says: they neither teach nor count
     * @param smoothing share of the target that is spread over all classes, of cross-entropy
     */
    record Mask(Loss loss, int classes, boolean ignoring, double smoothing) implements Target {}
}
