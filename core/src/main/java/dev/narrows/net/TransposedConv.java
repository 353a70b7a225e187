package dev.narrows.net;

/**
 * A transposed convolution with a square kernel over (N, in, H, W), giving (N, out, (H − 1)·stride + kernel, …), as
 * U-Net uses with kernel and stride 2 (Ronneberger et al., 2015). Its weight has the shape (in, out, kernel, kernel).
 */
public record TransposedConv(int in, int out, int kernel, int stride, boolean bias) implements Layer {
    /** @throws IllegalArgumentException if a number is not positive */
    public TransposedConv {
        Require.positive("input channels", in);
        Require.positive("output channels", out);
        Require.positive("rows of a kernel", kernel);
        Require.positive("steps of stride", stride);
    }

    /** Number of scalars in the weight: in · out · kernel². */
    public long weights() {
        return Math.multiplyExact(Math.multiplyExact((long) in, out), Math.multiplyExact((long) kernel, kernel));
    }

    /** The same convolution with a bias. */
    public TransposedConv withBias() {
        return new TransposedConv(in, out, kernel, stride, true);
    }

    @Override
    public Shape output(Shape input) {
        Require.channels(this, in, input);
        return new Shape(
                out,
                Math.toIntExact((input.height() - 1L) * stride + kernel),
                Math.toIntExact((input.width() - 1L) * stride + kernel));
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.transposedConv(this, argument);
    }

    @Override
    public String toString() {
        return "%dx%d transposed conv %d→%d ×%d".formatted(kernel, kernel, in, out, stride);
    }
}
