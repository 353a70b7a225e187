package dev.narrows.net;

/** A linear map of a vector of features, (N, in) to (N, out), kept as shapes of height and width 1. */
public record Linear(int in, int out, boolean bias) implements Layer {
    /** @throws IllegalArgumentException if a number is not positive */
    public Linear {
        Require.positive("input features", in);
        Require.positive("output features", out);
    }

    public long weights() {
        return Math.multiplyExact((long) in, (long) out);
    }

    @Override
    public Shape output(Shape input) {
        if (input.height() != 1 || input.width() != 1 || input.channels() != in) {
            throw new ShapeException("Cannot feed %s to %s: it takes %dx1x1".formatted(input, this, in));
        }
        return new Shape(out, 1, 1);
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.linear(this, argument);
    }

    @Override
    public String toString() {
        return "linear %d→%d".formatted(in, out);
    }
}
