package dev.narrows.engine;

/**
 * Figures of one training step.
 *
 * @param loss mean over what was counted
 * @param hits right ones of what was counted
 * @param counted images, or positions of masks that have a class
 * @param squaredNorm of the first layer's gradient
 * @param scale of the next step's loss; 1 where losses are not scaled
 * @param overflowed true where gradients overflowed and no weight moved
 */
record StepFigures(float loss, long hits, long counted, float squaredNorm, float scale, boolean overflowed) {
    /** True where gradients overflow at every scale that is left: then the network itself has diverged. */
    boolean exhausted() {
        return overflowed && scale < 1;
    }
}
