package dev.narrows.study;

import java.io.Serializable;

/**
 * What is done to training images, seeded by the trial's seed alone.
 *
 * @param crop pixels of padding on each side before a crop of the old size is taken at random; 0 for none
 * @param flip whether half the images are mirrored left to right
 */
public record Augmentation(int crop, boolean flip) implements Serializable {}
