package dev.narrows.net;

import java.util.List;

/**
 * Parallel branches on the same input, and the merge of their outputs: residual is {@code add(identity, f)}, Inception
 * is {@code concat(b1 … b4)}, a dense layer is {@code concat(identity, f)}.
 */
public record Fork(Merge merge, List<Layer> branches) implements Layer {
    /** Kinds of merges. */
    public enum Merge {
        /** Element-wise sum; all branches give the same shape. */
        ADD,
        /** Concatenation along the channels; all branches give the same height and width. */
        CONCAT
    }

    /** @throws IllegalArgumentException if there are fewer than two branches */
    public Fork {
        branches = List.copyOf(branches);
        if (branches.size() < 2) {
            throw new IllegalArgumentException(
                    "Cannot fork into %d branches: at least 2 are needed".formatted(branches.size()));
        }
    }

    public static Fork add(Layer... branches) {
        return new Fork(Merge.ADD, List.of(branches));
    }

    public static Fork concat(Layer... branches) {
        return new Fork(Merge.CONCAT, List.of(branches));
    }

    @Override
    public Shape output(Shape input) {
        Shape merged = branches.get(0).output(input);
        for (int i = 1; i < branches.size(); i++) {
            Shape other = branches.get(i).output(input);
            merged = merge(merged, other);
        }
        return merged;
    }

    /**
     * The merged shape of two branches, in order.
     *
     * @throws ShapeException if they do not fit
     */
    public Shape merge(Shape left, Shape right) {
        switch (merge) {
            case ADD -> {
                if (!left.equals(right)) {
                    throw new ShapeException("Cannot add %s to %s: the shapes differ".formatted(right, left));
                }
                return left;
            }
            case CONCAT -> {
                if (left.height() != right.height() || left.width() != right.width()) {
                    throw new ShapeException(
                            "Cannot concatenate %s to %s: heights or widths differ".formatted(right, left));
                }
                return left.withChannels(Math.addExact(left.channels(), right.channels()));
            }
        }
        throw new AssertionError(merge);
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.fork(this, argument);
    }
}
