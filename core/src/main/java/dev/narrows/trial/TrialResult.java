package dev.narrows.trial;

import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a trial, wherever it ended. A figure that was not measured is null.
 *
 * @param message reason of the end, where it did not complete
 * @param epochs the epochs that were finished
 * @param testAccuracy share of top-1 hits on the test images, with the final weights
 * @param testOverlap null where images have labels and no masks
 * @param validationBalancedAccuracy mean over classes of the share that is right, with the final weights; null in rows
 *     of earlier versions
 * @param testBalancedAccuracy likewise, on the test images
 * @param validationHits one bit per validation image in the order of the split, set where the final weights are right;
 *     null for images with masks
 * @param validationClasses the class of each validation image, in the same order; null for images with masks, and in
 *     rows of earlier versions
 * @param validationCounts positions of each validation image by class, with the final weights; null for images with
 *     labels, and in rows of earlier versions
 * @param narrows losses at the narrow ends, with the final weights
 * @param trainSeconds training of all epochs, without evaluation
 * @param imagesPerSecond training images per second of training
 * @param setupSeconds network written and loaded, before the first step
 * @param outsideShare share of a training step spent outside the engine (batches, augmentation, calls)
 * @param peakMemoryBytes resident, only where the trial ran alone in its process
 * @param environment host, device and software of the run
 * @param form of the training step, as the executor chose it: a layout and a version such as {@code channels-last-1};
 *     null if unknown, as in rows of earlier versions
 * @param startedAt milliseconds since 1970, of the last attempt
 * @param totalSeconds of all attempts that it went on from
 * @param resumption start of the last attempt; null where none before it had left a checkpoint
 */
public record TrialResult(
        String trialId,
        Outcome outcome,
        @Nullable String message,
        List<Epoch> epochs,
        @Nullable Double testAccuracy,
        @Nullable Double testTop5,
        @Nullable Overlap testOverlap,
        @Nullable Double validationBalancedAccuracy,
        @Nullable Double testBalancedAccuracy,
        @Nullable BitSet validationHits,
        @Nullable ImageClasses validationClasses,
        @Nullable ImageCounts validationCounts,
        @Nullable NarrowEnds narrows,
        @Nullable Double trainSeconds,
        @Nullable Double imagesPerSecond,
        @Nullable Double setupSeconds,
        @Nullable Double outsideShare,
        @Nullable Long peakMemoryBytes,
        Environment environment,
        @Nullable String form,
        long startedAt,
        double totalSeconds,
        @Nullable Resumption resumption)
        implements Serializable {
    public TrialResult {
        epochs = List.copyOf(epochs);
    }

    /** The result of a trial that one attempt trained, without what a mean over classes would be or needs. */
    public TrialResult(
            String trialId,
            Outcome outcome,
            @Nullable String message,
            List<Epoch> epochs,
            @Nullable Double testAccuracy,
            @Nullable Double testTop5,
            @Nullable Overlap testOverlap,
            @Nullable BitSet validationHits,
            @Nullable NarrowEnds narrows,
            @Nullable Double trainSeconds,
            @Nullable Double imagesPerSecond,
            @Nullable Double setupSeconds,
            @Nullable Double outsideShare,
            @Nullable Long peakMemoryBytes,
            Environment environment,
            @Nullable String form,
            long startedAt,
            double totalSeconds) {
        this(
                trialId,
                outcome,
                message,
                epochs,
                testAccuracy,
                testTop5,
                testOverlap,
                null,
                null,
                validationHits,
                null,
                null,
                narrows,
                trainSeconds,
                imagesPerSecond,
                setupSeconds,
                outsideShare,
                peakMemoryBytes,
                environment,
                form,
                startedAt,
                totalSeconds,
                null);
    }

    /** Wall seconds of the last attempt. */
    public double attemptSeconds() {
        return resumption == null ? totalSeconds : totalSeconds - resumption.earlierSeconds();
    }

    /** Mean wall seconds of training an epoch; null where none was finished. */
    public @Nullable Double epochSeconds() {
        return epochs.isEmpty()
                ? null
                : epochs.stream().mapToDouble(Epoch::trainSeconds).average().orElseThrow();
    }

    /** The result of a trial of which only the outcome is known. */
    public static TrialResult bare(
            String trialId,
            Outcome outcome,
            @Nullable String message,
            Environment environment,
            long startedAt,
            double totalSeconds) {
        return new TrialResult(
                trialId,
                outcome,
                message,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                environment,
                null,
                startedAt,
                totalSeconds);
    }

    /** The last epoch's, which decides. */
    public @Nullable Double finalValidationAccuracy() {
        return epochs.isEmpty() || outcome != Outcome.COMPLETED
                ? null
                : epochs.get(epochs.size() - 1).validationAccuracy();
    }

    /** The last epoch's; null where images have labels and no masks. */
    public @Nullable Overlap finalValidationOverlap() {
        return epochs.isEmpty() || outcome != Outcome.COMPLETED
                ? null
                : epochs.get(epochs.size() - 1).validationOverlap();
    }

    /** The epoch whose validation accuracy was highest, the first of equals; it decides nothing. */
    public @Nullable Epoch bestEpoch() {
        Epoch best = null;
        for (Epoch epoch : epochs) {
            if (best == null || epoch.validationAccuracy() > best.validationAccuracy()) {
                best = epoch;
            }
        }
        return best;
    }
}
