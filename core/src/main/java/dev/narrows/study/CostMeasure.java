package dev.narrows.study;

/** A cost that variants can be made equal in. */
public enum CostMeasure {
    /** Trainable scalars. */
    PARAMS,
    /** Multiply-accumulates of one input. */
    MACS,
    /** Elements of all convolution outputs of one input. */
    ACTIVATIONS,
    /** Multiply-accumulates of a whole training: three times those of one input, for every sample of every epoch. */
    TRAINING_MACS
}
