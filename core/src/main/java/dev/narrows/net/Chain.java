package dev.narrows.net;

import java.util.ArrayList;
import java.util.List;

/** Layers in sequence; the identity if there are none. */
public record Chain(List<Layer> steps) implements Layer {
    public Chain {
        steps = List.copyOf(steps);
    }

    /** The identity. */
    public static Chain identity() {
        return new Chain(List.of());
    }

    public static Chain of(Layer... steps) {
        return new Chain(List.of(steps));
    }

    /** Builder that keeps the order of its steps. */
    public static Builder builder() {
        return new Builder();
    }

    public boolean isIdentity() {
        return steps.isEmpty();
    }

    @Override
    public Shape output(Shape input) {
        Shape shape = input;
        for (Layer step : steps) {
            shape = step.output(shape);
        }
        return shape;
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.chain(this, argument);
    }

    /** Builder of a chain. */
    public static final class Builder {
        private final List<Layer> steps = new ArrayList<>();

        private Builder() {}

        public Builder add(Layer step) {
            steps.add(step);
            return this;
        }

        public Chain build() {
            return new Chain(steps);
        }
    }
}
