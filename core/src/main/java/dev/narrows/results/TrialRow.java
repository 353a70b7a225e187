package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.Serializable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * An ended trial with all that tables tell of it, without its network.
 *
 * @param input shape of one image (C, H, W)
 * @param dataFingerprint hash of the images and their split, where whoever made the row knew it
 * @param trainingMemoryBytes predicted for a batch, where it was predicted
 * @param inferenceMemoryBytes the largest live set for one image, where it was predicted
 */
public record TrialRow(
        String study,
        String variantId,
        String variant,
        String family,
        Settings settings,
        Shape input,
        int classes,
        long seed,
        Cost cost,
        @Nullable Long trainingMemoryBytes,
        @Nullable Long inferenceMemoryBytes,
        Training training,
        DataSpec data,
        @Nullable String dataFingerprint,
        TrialResult result)
        implements Serializable {
    /**
     * What a trial was and what came of it.
     *
     * @throws IllegalArgumentException where the result is another trial's
     */
    public static TrialRow of(Trial trial, Cost cost, TrialResult result) {
        if (!trial.id().equals(result.trialId())) {
            throw new IllegalArgumentException("Cannot make a row of trial %s: the result is that of trial %s"
                    .formatted(trial.id(), result.trialId()));
        }
        return new TrialRow(
                trial.study(),
                trial.variantId(),
                trial.variant(),
                trial.family(),
                trial.settings(),
                trial.input(),
                trial.classes(),
                trial.seed(),
                cost,
                null,
                null,
                trial.training(),
                trial.data(),
                null,
                result);
    }

    /** The same row with the hash of the images and their split. */
    public TrialRow withData(String fingerprint) {
        return new TrialRow(
                study,
                variantId,
                variant,
                family,
                settings,
                input,
                classes,
                seed,
                cost,
                trainingMemoryBytes,
                inferenceMemoryBytes,
                training,
                data,
                fingerprint,
                result);
    }

    /** The same row with the memory that its network was predicted to take. */
    public TrialRow withMemory(long trainingBytes, long inferenceBytes) {
        return new TrialRow(
                study,
                variantId,
                variant,
                family,
                settings,
                input,
                classes,
                seed,
                cost,
                trainingBytes,
                inferenceBytes,
                training,
                data,
                dataFingerprint,
                result);
    }

    public String trialId() {
        return result.trialId();
    }

    public Outcome outcome() {
        return result.outcome();
    }

    /** How many images the validation accuracy is a share of, where that is known. */
    public @Nullable Integer validationImages() {
        BitSet hits = result.validationHits();
        Double accuracy = result.finalValidationAccuracy();
        if (hits != null && accuracy != null && accuracy > 0) {
            return (int) Math.round(hits.cardinality() / accuracy);
        }
        return data.validation().orElse(null);
    }
}
