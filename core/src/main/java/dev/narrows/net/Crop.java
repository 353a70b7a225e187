package dev.narrows.net;

/** Cuts the centre of height x width out of (N, C, H, W), as the unpadded U-Net does in its skip connections. */
public record Crop(int height, int width) implements Layer {
    /** @throws IllegalArgumentException if a side is not positive */
    public Crop {
        Require.positive("rows of a crop", height);
        Require.positive("columns of a crop", width);
    }

    @Override
    public Shape output(Shape input) {
        if (input.height() < height || input.width() < width) {
            throw new ShapeException("Cannot crop %s to %dx%d: it is smaller".formatted(input, height, width));
        }
        return new Shape(input.channels(), height, width);
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.crop(this, argument);
    }

    @Override
    public String toString() {
        return "crop to %dx%d".formatted(height, width);
    }
}
