package dev.narrows.torch;

/**
 * A tensor that a network keeps: its name, its shape, and what it is for.
 *
 * @param name the attribute of the module, such as {@code conv3_weight}
 * @param shape as PyTorch has it
 * @param fanIn scalars that flow into one output, by which a weight is initialised
 * @param initial what every scalar starts as, where it is not drawn
 */
public record Slot(String name, Role role, TensorShape shape, long fanIn, double initial) {
    /** What a tensor is for. */
    public enum Role {
        WEIGHT,
        BIAS,
        NORM_WEIGHT,
        NORM_BIAS,
        RUNNING_MEAN,
        RUNNING_VARIANCE,
        LAYER_SCALE;

        /** Whether training moves it; running statistics are kept, but not trained. */
        public boolean trainable() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }
}
