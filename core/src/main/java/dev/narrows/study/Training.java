package dev.narrows.study;

import java.io.Serializable;

/**
 * The training of one trial: one choice of every training setting.
 *
 * @param epochs passes over the training images
 * @param batchSize images per step; the last, smaller batch of an epoch is used too
 * @param precision precision of the convolutions
 * @param learningRate peak rate of the schedule
 * @param warmupEpochs epochs over which the rate first grows from near zero in equal steps
 * @param labelSmoothing the share of the target that is spread over all classes
 * @param clipNorm the largest norm of all gradients together; 0 for no clipping
 * @param loss the loss that is minimised
 * @param timeLimitSeconds wall seconds after which the trial ends as timed out; 0 for no limit
 */
public record Training(
        int epochs,
        int batchSize,
        Precision precision,
        Optimizer optimizer,
        Schedule schedule,
        double learningRate,
        double warmupEpochs,
        double labelSmoothing,
        double clipNorm,
        Augmentation augmentation,
        Loss loss,
        double timeLimitSeconds)
        implements Serializable {
    /** The same training in another precision. */
    public Training withPrecision(Precision resolved) {
        return new Training(
                epochs,
                batchSize,
                resolved,
                optimizer,
                schedule,
                learningRate,
                warmupEpochs,
                labelSmoothing,
                clipNorm,
                augmentation,
                loss,
                timeLimitSeconds);
    }
}
