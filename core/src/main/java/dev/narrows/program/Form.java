package dev.narrows.program;

import java.util.Locale;

/**
 * A way to compute a training step that decides its bits: the same form on the same kind of processor or GPU gives the
 * same bits.
 *
 * <p>An executor chooses the form by its processor or GPU and by the network, so it is part of a trial's row and not of
 * its id. Whatever goes on with earlier work goes on in the form of that work.
 */
public enum Form {
    /** Images and activations as {@link Layout#CHANNELS_LAST}. */
    CHANNELS_LAST(Layout.CHANNELS_LAST, 1),
    /** Images and activations as {@link Layout#BLOCKED}, from the first convolution to the last pooling. */
    BLOCKED(Layout.BLOCKED, 1),
    /**
     * On GPUs: images and activations as {@link Layout#CHANNELS_LAST}, every convolution and linear layer but the one
     * of the scores in the trial's precision, and no channels of zeros. What is slow on processors is not slow there.
     */
    GPU_CHANNELS_LAST(Layout.CHANNELS_LAST, 2);

    private final Layout layout;
    private final int version;

    Form(Layout layout, int version) {
        this.layout = layout;
        this.version = version;
    }

    /** The layout between the first convolution and the last pooling. */
    public Layout layout() {
        return layout;
    }

    /**
     * True where steps are written for GPUs: the optimizer moves all weights in one operation, where a processor would
     * win nothing by it, and operations that a GPU adds up in any order are written in others that have an order.
     */
    public boolean onGpu() {
        return switch (this) {
            case CHANNELS_LAST, BLOCKED -> false;
            case GPU_CHANNELS_LAST -> true;
        };
    }

    /** The short name in rows, such as {@code channels-last-1}; the number rises with each change of the bits. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + version;
    }
}
