package dev.narrows.drawing;

/**
 * How wide so many channels are drawn: by their square root, so that 64 and 2048 channels fit on one picture and a
 * quarter of the channels is half as wide.
 *
 * @param widest the most channels that anything drawn has
 */
record WidthScale(int widest) {
    private static final double WIDEST = 190;
    private static final double NARROWEST = 3;

    static WidthScale of(PicturePart network) {
        return new WidthScale(network.steps()
                .filter(step -> step.kind() != PicturePart.LayerKind.KEEPING)
                // What is flattened has as many features as a map has scalars: no width of the network's.
                .mapToInt(step -> step.kind() == PicturePart.LayerKind.LINEAR
                        ? step.out().channels()
                        : Math.max(step.in().channels(), step.out().channels()))
                .max()
                .orElse(1));
    }

    /** Whether so many channels fit on it. */
    boolean draws(int channels) {
        return channels <= widest;
    }

    /** In pixels. */
    double width(int channels) {
        return Math.max(NARROWEST, WIDEST * Math.sqrt((double) channels / widest));
    }
}
