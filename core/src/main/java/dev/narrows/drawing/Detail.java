package dev.narrows.drawing;

/** Level of detail of a picture. */
public enum Detail {
    /** A box for each named block, with the outline of its layers. */
    BLOCKS,
    /** Blocks opened, with a box for every layer. */
    LAYERS
}
