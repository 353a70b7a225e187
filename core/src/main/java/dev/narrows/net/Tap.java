package dev.narrows.net;

/**
 * A point whose activations are measured after training: the narrow end of a block. It changes no value, and two
 * networks that differ only in taps are the same network.
 */
public record Tap(String name) implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.tap(this, argument);
    }

    @Override
    public String toString() {
        return "tap " + name;
    }
}
