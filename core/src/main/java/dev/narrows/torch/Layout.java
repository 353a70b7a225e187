package dev.narrows.torch;

import dev.narrows.cost.BlockedLayout;

/** How the images of a training step lie in memory. */
public enum Layout {
    /** The channels of a position beside one another: (N, H, W, C). Any network on any device. */
    CHANNELS_LAST,
    /** As {@link BlockedLayout} has it, where the network suits; a processor's only, and an x86-64's. */
    BLOCKED
}
