package dev.narrows.cost;

import dev.narrows.net.Conv;

/** Which convolutions a network in reduced precision trains in fp32 all the same; they cost its memory, too. */
public final class ReducedPrecision {
    /** Up to how many channels a group the backward pass of a grouped convolution is slow. */
    private static final int SMALL_GROUP = 8;

    private ReducedPrecision() {}

    /**
     * Whether a convolution trains in fp32. With so few channels a group libtorch's library has no fast backward pass in
     * bf16: up to twelve times slower than fp32 where it is depthwise with a stride, 1.2 to 3 times in small groups.
     */
    public static boolean trainsInFp32(Conv conv) {
        return conv.groups() > 1 && (conv.depthwise() ? conv.stride() > 1 : conv.in() / conv.groups() <= SMALL_GROUP);
    }
}
