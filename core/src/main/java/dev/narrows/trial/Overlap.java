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
     * The overlap for counts of positions.
     *
     * @param counts row by row: the number of positions of the row's true class that were given to the column's class
     */
    public static Overlap of(long[] counts, int classes) {
        double iou = 0;
        double dice = 0;
        int present = 0;
        for (int label = 0; label < classes; label++) {
            long truth = 0;
            long found = 0;
            for (int other = 0; other < classes; other++) {
                truth += counts[label * classes + other];
                found += counts[other * classes + label];
            }
            long both = counts[label * classes + label];
            if (truth + found > 0) {
                iou += (double) both / (truth + found - both);
                dice += 2.0 * both / (truth + found);
                present++;
            }
        }
        return new Overlap(iou / present, dice / present);
    }
}
