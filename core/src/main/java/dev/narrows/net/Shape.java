package dev.narrows.net;

import java.io.Serializable;

/**
 * Shape of one input or activation: channels, height and width (C, H, W), without the batch (N).
 *
 * <p>A vector of features is a shape of height and width 1.
 */
public record Shape(int channels, int height, int width) implements Serializable {
    /** @throws IllegalArgumentException if a dimension is not positive */
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Cannot have the shape %dx%dx%d: every dimension must be at least 1"
                    .formatted(channels, height, width));
        }
    }

    /** The number of scalars, C·H·W, exact in 64 bits. */
    public long elements() {
        return Math.multiplyExact(channels, Math.multiplyExact((long) height, (long) width));
    }

    /** The number of positions, H·W. */
    public long positions() {
        return Math.multiplyExact((long) height, (long) width);
    }

    public Shape withChannels(int other) {
        return new Shape(other, height, width);
    }

    /** Text of the form {@code CxHxW}, as in study files and messages. */
    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
