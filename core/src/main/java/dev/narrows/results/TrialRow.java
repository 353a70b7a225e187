package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import dev.narrows.trial.ImageClasses;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.Serializable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** An ended trial: its description and its result. */
public record TrialRow(TrialDescription trial, TrialResult result) implements Serializable {
    /** @throws IllegalArgumentException where the result is another trial's */
    public TrialRow {
        if (!trial.trialId().equals(result.trialId())) {
            throw new IllegalArgumentException("Cannot make a row of trial %s: the result is that of trial %s"
                    .formatted(trial.trialId(), result.trialId()));
        }
    }

    /**
     * A row of what was run.
     *
     * @throws IllegalArgumentException where the result is another trial's
     */
    public static TrialRow of(Trial trial, Cost cost, TrialResult result) {
        return new TrialRow(TrialDescription.of(trial, cost), result);
    }

    /** The same row with the hash of the images and their split. */
    public TrialRow withData(String fingerprint) {
        return new TrialRow(trial.withData(fingerprint), result);
    }

    /** The same row with the memory that its network was predicted to take. */
    public TrialRow withMemory(long trainingBytes, long inferenceBytes) {
        return new TrialRow(trial.withMemory(trainingBytes, inferenceBytes), result);
    }

    public String trialId() {
        return trial.trialId();
    }

    public String study() {
        return trial.study();
    }

    public String variantId() {
        return trial.variantId();
    }

    public String variant() {
        return trial.variant();
    }

    public String family() {
        return trial.family();
    }

    public Settings settings() {
        return trial.settings();
    }

    public Shape input() {
        return trial.input();
    }

    public int classes() {
        return trial.classes();
    }

    public long seed() {
        return trial.seed();
    }

    public Cost cost() {
        return trial.cost();
    }

    public @Nullable Long trainingMemoryBytes() {
        return trial.trainingMemoryBytes();
    }

    public @Nullable Long inferenceMemoryBytes() {
        return trial.inferenceMemoryBytes();
    }

    public Training training() {
        return trial.training();
    }

    public DataSpec data() {
        return trial.data();
    }

    public @Nullable String dataFingerprint() {
        return trial.dataFingerprint();
    }

    public Outcome outcome() {
        return result.outcome();
    }

    /** The number of images that the validation accuracy is a share of; null where it is not known. */
    public @Nullable Integer validationImages() {
        ImageCounts counts = result.validationCounts();
        if (counts != null) {
            return counts.images();
        }
        ImageClasses classes = result.validationClasses();
        if (classes != null) {
            return classes.images();
        }
        BitSet hits = result.validationHits();
        Double accuracy = result.finalValidationAccuracy();
        if (hits != null && accuracy != null && accuracy > 0) {
            return (int) Math.round(hits.cardinality() / accuracy);
        }
        return data().validation().orElse(null);
    }
}
