package dev.narrows.study;

/** The trials whose trained weights are kept. */
public enum KeepWeights {
    NONE,
    /** Those of variants on the Pareto front of the study's objectives, once the study has run. */
    FRONT,
    ALL
}
