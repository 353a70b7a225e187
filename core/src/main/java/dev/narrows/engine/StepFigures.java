package dev.narrows.engine;

/**
 * Figures of one training step.
 *
 * @param loss mean over what was counted
 * @param hits right ones of what was counted
 * @param counted images, or positions of masks that have a class
 * @param squaredNorm of the first layer's gradient
 */
record StepFigures(float loss, long hits, long counted, float squaredNorm) {}
