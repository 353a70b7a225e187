package dev.narrows.trial;

import dev.narrows.study.Precision;

/** The version of the engine's results for the same trial, by precision: part of every trial's id. */
final class EngineSemantics {
    private EngineSemantics() {}

    /**
     * The version for a precision. It is raised whenever the same trial would end with other bits in that precision:
     * initial weights, batch order, augmentation, optimizer, schedule, loss, or the computation itself. Trials of an
     * older version are then trained again.
     *
     * @throws IllegalArgumentException where the precision is not resolved
     */
    static int version(Precision resolved) {
        return switch (resolved) {
            case FP32, FP16 -> 3;
            case BF16 -> 4;
            case AUTO -> throw new IllegalArgumentException("Cannot name a trial: its precision is not resolved");
        };
    }
}
