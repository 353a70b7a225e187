package dev.narrows.trial;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one pass over the training images.
 *
 * @param epoch counted from 1
 * @param trainLoss mean over the pass, as it was while the weights moved
 * @param trainAccuracy share of top-1 hits of the pass, likewise
 * @param validationLoss cross-entropy without label smoothing, with the weights at its end
 * @param validationTop5 null where there are five classes or fewer
 * @param firstLayerGradientNorm root of the mean square of the norm over its steps
 * @param trainSeconds training alone
 * @param validationSeconds evaluation alone
 * @param validationOverlap null where images have labels and no masks; then accuracies are shares of images, else of
 *     positions
 */
public record Epoch(
        int epoch,
        double trainLoss,
        double trainAccuracy,
        double validationLoss,
        double validationAccuracy,
        @Nullable Double validationTop5,
        double learningRate,
        @Nullable Double firstLayerGradientNorm,
        double trainSeconds,
        double validationSeconds,
        @Nullable Overlap validationOverlap)
        implements Serializable {}
