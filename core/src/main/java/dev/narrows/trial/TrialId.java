package dev.narrows.trial;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Training;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a trial by everything that decides its result: the first 64 bits of a SHA-256 over network, training settings,
 * data, seed and the version of the engine's semantics.
 *
 * <p>The time limit is not among them, as it changes nothing of a trial that completes: a study may be given more time
 * without training again what has ended.
 */
public final class TrialId {
    private TrialId() {}

    /**
     * The id as tables hold it: 16 hexadecimal digits.
     *
     * @param fingerprint of the data and their split
     * @throws IllegalArgumentException where the precision is not resolved
     */
    public static String of(String variantId, Training training, String fingerprint, long seed) {
        String canonical = String.join(
                "\n",
                "semantics=" + EngineSemantics.version(training.precision()),
                "network=" + variantId,
                "data=" + fingerprint,
                "seed=" + seed,
                canonical(training));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        }
    }

    /** A line a setting. Ids stand in results that outlive the program, so a new setting adds its line only where it is not at its default. */
    private static String canonical(Training training) {
        Augmentation augmentation = training.augmentation();
        List<String> lines = new ArrayList<>(List.of(
                "epochs=" + training.epochs(),
                "batch-size=" + training.batchSize(),
                "precision=" + training.precision().name(),
                "optimizer=" + canonical(training.optimizer()),
                "schedule=" + training.schedule().name(),
                "learning-rate=" + training.learningRate(),
                "warmup-epochs=" + training.warmupEpochs(),
                "label-smoothing=" + training.labelSmoothing(),
                "clip-norm=" + training.clipNorm(),
                "crop=" + augmentation.crop(),
                "flip=" + augmentation.flip()));
        if (augmentation.turn()) {
            lines.add("turn=true");
        }
        if (augmentation.elastic() > 0) {
            lines.add("elastic=" + augmentation.elastic());
        }
        if (training.loss() != Loss.CROSS_ENTROPY) {
            lines.add("loss=" + training.loss().name());
        }
        return String.join("\n", lines);
    }

    private static String canonical(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return "sgd %s %s %s".formatted(sgd.momentum(), sgd.nesterov(), sgd.weightDecay());
        }
        Optimizer.AdamW adamw = (Optimizer.AdamW) optimizer;
        return "adamw %s %s %s %s".formatted(adamw.beta1(), adamw.beta2(), adamw.epsilon(), adamw.weightDecay());
    }
}
