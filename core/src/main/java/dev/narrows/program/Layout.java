package dev.narrows.program;

/** The order of a tensor's scalars in memory. */
public enum Layout {
    /** The channels of a position side by side: (N, H, W, C). Any network, any device. */
    CHANNELS_LAST,
    /** Sixteen channels of a position side by side, then the next position, as oneDNN has it: nChw16c. x86-64 only. */
    BLOCKED
}
