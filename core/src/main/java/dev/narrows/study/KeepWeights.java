package dev.narrows.study;

/** Whose trained weights are kept. */
public enum KeepWeights {
    NONE,
    /** Of the variants that nothing beats by the study's objectives, as they are when it has run. */
    FRONT,
    ALL
}
