package dev.narrows.cost;

/** Memory that tensors of a program share, during a pass. */
final class Buffer {
    private final long bytes;
    private final boolean differentiable;
    private int readers;
    private boolean kept;

    Buffer(long bytes, boolean differentiable) {
        this.bytes = bytes;
        this.differentiable = differentiable;
    }

    long bytes() {
        return bytes;
    }

    /** False of the images and their copies, which have no gradient. */
    boolean differentiable() {
        return differentiable;
    }

    long gradientBytes() {
        return differentiable ? bytes : 0;
    }

    boolean kept() {
        return kept;
    }

    /** Keeps it for the backward pass; gives false where it is kept already. */
    boolean keep() {
        boolean before = kept;
        kept = true;
        return !before;
    }

    void addReaders(int more) {
        readers += more;
    }

    /** Notes a reading; gives true where it was the last. */
    boolean readOnce() {
        return --readers == 0;
    }
}
