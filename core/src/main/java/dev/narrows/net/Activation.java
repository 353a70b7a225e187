package dev.narrows.net;

/** A function of each scalar by itself; the shape stays. */
public record Activation(Kind kind) implements Layer {
    /** {@code RELU6} is min(max(x, 0), 6) (MobileNet v2); {@code GELU} is the exact one, x·Φ(x) (ConvNeXt). */
    public enum Kind {
        RELU,
        RELU6,
        GELU
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.activation(this, argument);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case RELU -> "relu";
            case RELU6 -> "relu6";
            case GELU -> "gelu";
        };
    }
}
