package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import dev.narrows.trial.Trial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All that tables tell of a trial whatever comes of it, without its network.
 *
 * @param trialId hash of all that decides the result
 * @param input shape of one image (C, H, W)
 * @param dataFingerprint hash of the images and their split, where whoever made the description knew it
 * @param trainingMemoryBytes predicted for a batch, where it was predicted
 * @param inferenceMemoryBytes the largest live set for one image, where it was predicted
 */
public record TrialDescription(
        String trialId,
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
        @Nullable String dataFingerprint)
        implements Serializable {
    public static TrialDescription of(Trial trial, Cost cost) {
        return new TrialDescription(
                trial.id(),
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
                null);
    }

    /** The same with the hash of the images and their split. */
    public TrialDescription withData(String fingerprint) {
        return with(trainingMemoryBytes, inferenceMemoryBytes, fingerprint);
    }

    /** The same with the memory that the network was predicted to take. */
    public TrialDescription withMemory(long trainingBytes, long inferenceBytes) {
        return with(trainingBytes, inferenceBytes, dataFingerprint);
    }

    private TrialDescription with(
            @Nullable Long trainingBytes, @Nullable Long inferenceBytes, @Nullable String fingerprint) {
        return new TrialDescription(
                trialId,
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
                fingerprint);
    }
}
