package dev.narrows.drawing;

/** How much of a network a picture shows. */
public enum Detail {
    /** A box for each named block, with the outline of what is in it. */
    BLOCKS,
    /** Blocks opened, with a box for every layer. */
    LAYERS
}
