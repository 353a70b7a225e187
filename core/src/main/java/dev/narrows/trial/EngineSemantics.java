package dev.narrows.trial;

import dev.narrows.study.Precision;

/** What the engine makes of the same trial, as a version: part of every trial's id. */
final class EngineSemantics {
    private EngineSemantics() {}

    /**
     * To be raised for a precision whenever the same trial would end with other bits in it: initial weights, batch order,
     * augmentation, optimizer, schedule, loss, or how it is computed. Trials of an older version are then trained again.
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
