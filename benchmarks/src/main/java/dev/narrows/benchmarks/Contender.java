package dev.narrows.benchmarks;

import dev.narrows.study.Precision;

/** Implementations of a variant that are compared. */
public enum Contender {
    NARROWS_FP32,
    NARROWS_BF16,
    DJL_BLOCKS;

    /**
     * Takes a variant in hand.
     *
     * @param alone true if no other trial runs in this process
     */
    Subject take(Variant variant, boolean alone) {
        return switch (this) {
            case NARROWS_FP32 -> new ScriptSubject(variant, Precision.FP32);
            case NARROWS_BF16 -> new ScriptSubject(variant, Precision.BF16);
            case DJL_BLOCKS -> new DjlSubject(variant, alone);
        };
    }

    /** Name in tables. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
