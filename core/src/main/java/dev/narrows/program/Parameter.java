package dev.narrows.program;

/**
 * A tensor that a network keeps between steps of training.
 *
 * @param name unique in its program, such as {@code conv3_weight}
 * @param role use in the network
 * @param shape as PyTorch has it: (out, in / groups, kernel, kernel) of a convolution's weight
 * @param fanIn scalars that flow into one output, by which a weight is initialised
 * @param initial the value of every scalar at the start, where it is not drawn
 */
public record Parameter(String name, Role role, TensorShape shape, long fanIn, double initial) {
    /** Roles of a parameter. */
    public enum Role {
        WEIGHT,
        BIAS,
        NORM_WEIGHT,
        NORM_BIAS,
        RUNNING_MEAN,
        RUNNING_VARIANCE,
        LAYER_SCALE;

        /** True of what the optimizer moves: all but running statistics. */
        public boolean trainable() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    /** This parameter under another name. */
    public Parameter named(String other) {
        return new Parameter(other, role, shape, fanIn, initial);
    }
}
