package dev.narrows.trial;

/** What the engine makes of the same trial, as a version: part of every trial's id. */
public final class EngineSemantics {
    /**
     * To be raised whenever the same trial would end with other bits: initial weights, batch order, augmentation,
     * optimizer, schedule, loss. Trials of an older version are then trained again.
     */
    public static final int VERSION = 3;

    private EngineSemantics() {}
}
