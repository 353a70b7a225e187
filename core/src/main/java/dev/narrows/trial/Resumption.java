package dev.narrows.trial;

import java.io.Serializable;

/**
 * The start of an attempt at a trial of which an earlier one had left a checkpoint.
 *
 * @param afterEpochs epochs that it did not train again; 0 where it began anew
 * @param earlierSeconds wall seconds of earlier attempts up to the checkpoint; 0 where it began anew
 * @param restartReason reason why it began anew; empty where it went on
 */
public record Resumption(int afterEpochs, double earlierSeconds, String restartReason) implements Serializable {
    /** The start of an attempt that went on. */
    public static Resumption after(int epochs, double earlierSeconds) {
        return new Resumption(epochs, earlierSeconds, "");
    }

    /** The start of an attempt that could not go on. */
    public static Resumption anew(String reason) {
        return new Resumption(0, 0, reason);
    }

    public boolean wentOn() {
        return restartReason.isEmpty();
    }
}
