package dev.narrows.net;

/**
 * Averages (N, C, H, W) to (N, C, size, size), whatever H and W are; size 1 is the global average pooling of Lin et al.
 * (2013). The windows are those of PyTorch's adaptive average pooling.
 */
public record AdaptivePool(int size) implements Layer {
    /** @throws IllegalArgumentException if the size is not positive */
    public AdaptivePool {
        Require.positive("rows of a pooled map", size);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(input.channels(), size, size);
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.adaptivePool(this, argument);
    }

    @Override
    public String toString() {
        return size == 1 ? "global average pool" : "average pool to %dx%d".formatted(size, size);
    }
}
