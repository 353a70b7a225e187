package dev.narrows.program;

import dev.narrows.net.Shape;

/**
 * A value of a program: one tensor (N, C, H, W), of which a program knows all but the number N of images.
 *
 * @param number the identity: no two steps of a program write the same number
 * @param shape channels, height and width of one image
 * @param type of its scalars
 * @param layout of its scalars in memory
 * @param spare channels of zeros that lie in memory behind those of the shape
 */
public record Tensor(int number, Shape shape, ElementType type, Layout layout, int spare) {
    public Tensor {
        if (number < 0 || spare < 0) {
            throw new IllegalArgumentException(
                    "Cannot make tensor %d with %d spare channels: neither may be negative".formatted(number, spare));
        }
    }

    /** An fp32 tensor in channels-last layout without spare channels. */
    public static Tensor plain(int number, Shape shape) {
        return new Tensor(number, shape, ElementType.FP32, Layout.CHANNELS_LAST, 0);
    }

    public Tensor withType(ElementType other) {
        return new Tensor(number, shape, other, layout, spare);
    }

    public Tensor withSpare(int channels) {
        return new Tensor(number, shape, type, layout, channels);
    }

    public boolean blocked() {
        return layout == Layout.BLOCKED;
    }

    /** The shape in memory, spare channels included. */
    public Shape stored() {
        return shape.withChannels(Math.addExact(shape.channels(), spare));
    }

    /** Bytes of so many images, spare channels included. */
    public long bytes(int images) {
        return Math.multiplyExact(Math.multiplyExact(stored().elements(), (long) images), type.bytes());
    }

    @Override
    public String toString() {
        return "t%d %s %s%s%s"
                .formatted(number, shape, type, blocked() ? " blocked" : "", spare > 0 ? " +" + spare : "");
    }
}
