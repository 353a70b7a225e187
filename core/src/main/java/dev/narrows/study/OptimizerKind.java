package dev.narrows.study;

import dev.narrows.family.Knob;

/** The optimizers of this version. */
public enum OptimizerKind {
    SGD,
    ADAMW;

    /** The name in study files and tables. */
    public String word() {
        return Knob.word(this);
    }
}
