package dev.narrows.net;

/** Checks that the constructors of layers share. */
final class Require {
    private Require() {}

    static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("Cannot have %d %s: at least 1 is needed".formatted(value, what));
        }
    }

    static void notNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("Cannot have %d %s: it must not be negative".formatted(value, what));
        }
    }

    /** Number of positions of a sliding window along one side. */
    static int slides(Layer layer, Shape input, int side, int kernel, int stride, int padding) {
        long padded = side + 2L * padding;
        if (padded < kernel) {
            throw new ShapeException("Cannot slide %s over %s: the window of %d is larger than the padded side of %d"
                    .formatted(layer, input, kernel, padded));
        }
        return Math.toIntExact((padded - kernel) / stride + 1);
    }

    static void channels(Layer layer, int expected, Shape input) {
        if (input.channels() != expected) {
            throw new ShapeException("Cannot feed %s to %s: it takes %dx%dx%d"
                    .formatted(input, layer, expected, input.height(), input.width()));
        }
    }
}
