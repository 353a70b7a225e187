package dev.narrows.net;

/** Flattens (N, C, H, W) to a vector of C·H·W features, channel by channel. */
public record Flatten() implements Layer {
    @Override
    public Shape output(Shape input) {
        return new Shape(Math.toIntExact(input.elements()), 1, 1);
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.flatten(this, argument);
    }

    @Override
    public String toString() {
        return "flatten";
    }
}
