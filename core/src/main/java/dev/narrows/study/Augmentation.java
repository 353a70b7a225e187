package dev.narrows.study;

import java.io.Serializable;

/**
 * The random changes of training images, seeded by the trial's seed alone. A mask moves with its image.
 *
 * @param crop pixels of padding on each side before a crop of the old size is taken at random; 0 for none. Black pads
 *     an image with a label, its own mirror one with a mask
 * @param flip true where half the images are mirrored left to right
 * @param turn true where images are rotated by 0, 90, 180 or 270 degrees; they must be square
 * @param elastic standard deviation in pixels of the displacements of an elastic deformation, drawn on a grid of three
 *     by three points and interpolated between them (Ronneberger, Fischer and Brox, 2015); 0 for none
 */
public record Augmentation(int crop, boolean flip, boolean turn, double elastic) implements Serializable {
    /** Crops and flips alone. */
    public Augmentation(int crop, boolean flip) {
        this(crop, flip, false, 0);
    }
}
