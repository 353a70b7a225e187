package dev.narrows.data.source;

/** Bytes that a source has, in memory or in a file. */
@FunctionalInterface
interface Stored {
    /** The bytes, not to be changed. */
    byte[] bytes();
}
