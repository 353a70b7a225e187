package dev.narrows.trial;

import java.io.Serializable;

/**
 * The overlap of the regions that a network finds with the true ones, over all positions of a part of the data
 * together.
 *
 * <p>With P positions that the network gives to a class, T that belong to it, and I that are both: the class's
 * intersection over union is I / (P + T − I) and its Dice coefficient 2I / (P + T). A class that has neither P nor T
 * does not count; no class is left out as background.
 *
 * @param meanIou mean over classes of intersection over union, 0 to 1
 * @param dice mean over classes of the Dice coefficient, 0 to 1
 */
public record Overlap(double meanIou, double dice) implements Serializable {
    /**
     * The overlap for counts of positions by class.
     *
     * @param shared positions of the class that were given to it
     * @param truth positions of the class
     * @param found positions that were given to the class
     */
    public static Overlap of(long[] shared, long[] truth, long[] found) {
        double iou = 0;
        double dice = 0;
        int present = 0;
        for (int label = 0; label < shared.length; label++) {
            if (truth[label] + found[label] > 0) {
                iou += (double) shared[label] / (truth[label] + found[label] - shared[label]);
                dice += 2.0 * shared[label] / (truth[label] + found[label]);
                present++;
            }
        }
        return new Overlap(iou / present, dice / present);
    }
}
