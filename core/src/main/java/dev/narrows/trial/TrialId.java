package dev.narrows.trial;

import dev.narrows.study.Training;
import dev.narrows.study.setting.TrainingSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Names a trial by everything that decides its result: the first 64 bits of a SHA-256 over network, training settings,
 * data, seed and the version of the engine's semantics.
 *
 * <p>The settings say themselves whether they are among them: the time limit is not, as it changes nothing of a trial
 * that completes.
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

    /** True where trials of these settings that are alike otherwise have the same id. */
    public static boolean areAlike(Training one, Training other) {
        return one.equals(other) || canonical(one).equals(canonical(other));
    }

    /** One line per setting. Ids stand in results that outlive the program: these lines must never change. */
    private static String canonical(Training training) {
        return TrainingSettings.ALL.stream()
                .flatMap(setting -> setting.idLine(training).stream())
                .collect(Collectors.joining("\n"));
    }
}
