package dev.narrows.net;

/**
 * A convolution with a square kernel over (N, in, H, W), giving (N, out, H', W') with H' = (H + 2·padding − kernel) /
 * stride + 1, rounded down.
 *
 * <p>Its weight has the shape (out, in / groups, kernel, kernel); with {@code groups == in} it is depthwise. Each group
 * of input channels feeds its own share of the outputs (Krizhevsky et al., 2012; Xie et al., 2017).
 */
public record Conv(int in, int out, int kernel, int stride, int padding, int groups, boolean bias) implements Layer {
    /** @throws IllegalArgumentException if a number is out of range or the groups do not divide the channels */
    public Conv {
        Require.positive("input channels", in);
        Require.positive("output channels", out);
        Require.positive("rows of a kernel", kernel);
        Require.positive("steps of stride", stride);
        Require.notNegative("rows of padding", padding);
        Require.positive("groups", groups);
        divides(in, groups);
        divides(out, groups);
    }

    private static void divides(int channels, int groups) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException("Cannot split %d channels into %d groups: %d is not a multiple of %d"
                    .formatted(channels, groups, channels, groups));
        }
    }

    /** A convolution that keeps height and width at stride 1: the padding is half the (odd) kernel. */
    public static Conv same(int in, int out, int kernel, int stride, int groups, boolean bias) {
        return new Conv(in, out, kernel, stride, kernel / 2, groups, bias);
    }

    /** A 1x1 convolution: a linear map of the channels at each position. */
    public static Conv pointwise(int in, int out, boolean bias) {
        return new Conv(in, out, 1, 1, 0, 1, bias);
    }

    public boolean depthwise() {
        return groups > 1 && groups == in && groups == out;
    }

    /** Number of scalars in the weight: out · in / groups · kernel². */
    public long weights() {
        return Math.multiplyExact(
                Math.multiplyExact((long) out, in / groups), Math.multiplyExact((long) kernel, kernel));
    }

    /** The same convolution with a bias. */
    public Conv withBias() {
        return new Conv(in, out, kernel, stride, padding, groups, true);
    }

    @Override
    public Shape output(Shape input) {
        Require.channels(this, in, input);
        return new Shape(
                out,
                Require.slides(this, input, input.height(), kernel, stride, padding),
                Require.slides(this, input, input.width(), kernel, stride, padding));
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.conv(this, argument);
    }

    /** Text in the field's notation: {@code 3x3 conv 64→128 /2 g32}. */
    @Override
    public String toString() {
        return "%dx%d conv %d→%d".formatted(kernel, kernel, in, out)
                + (stride > 1 ? " /" + stride : "")
                + (groups > 1 ? " g" + groups : "");
    }
}
