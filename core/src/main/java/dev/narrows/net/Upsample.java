package dev.narrows.net;

/** Interpolates (N, C, H, W) to (N, C, factor·H, factor·W). */
public record Upsample(Kind kind, int factor) implements Layer {
    /** {@code BILINEAR} does not align corners, as is PyTorch's default. */
    public enum Kind {
        NEAREST,
        BILINEAR
    }

    /** @throws IllegalArgumentException if the factor is not positive */
    public Upsample {
        Require.positive("times of up-sampling", factor);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(
                input.channels(),
                Math.multiplyExact(input.height(), factor),
                Math.multiplyExact(input.width(), factor));
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.upsample(this, argument);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NEAREST -> "nearest ×" + factor;
            case BILINEAR -> "bilinear ×" + factor;
        };
    }
}
