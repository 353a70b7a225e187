package dev.narrows.drawing;

/**
 * Drawn width of a number of channels: proportional to the square root, so that 64 and 2048 channels fit in one picture
 * and a quarter of the channels is half as wide.
 *
 * @param widest the largest number of channels drawn
 */
record WidthScale(int widest) {
    private static final double WIDEST = 190;
    private static final double NARROWEST = 3;

    static WidthScale of(PicturePart network) {
        return new WidthScale(network.steps()
                .filter(step -> step.kind() != PicturePart.LayerKind.KEEPING)
                // A flattened map has as many features as scalars, which is not a width of the network.
                .mapToInt(step -> step.kind() == PicturePart.LayerKind.LINEAR
                        ? step.out().channels()
                        : Math.max(step.in().channels(), step.out().channels()))
                .max()
                .orElse(1));
    }

    /** True if this number of channels fits on the scale. */
    boolean draws(int channels) {
        return channels <= widest;
    }

    /** The width in pixels. */
    double width(int channels) {
        return Math.max(NARROWEST, WIDEST * Math.sqrt((double) channels / widest));
    }
}
