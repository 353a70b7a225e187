package dev.narrows.net;

/**
 * The maximum or the average of a square window that slides over (N, C, H, W). Padding is never a maximum, and counts
 * as zeros in an average, as in PyTorch.
 */
public record Pool(Kind kind, int kernel, int stride, int padding) implements Layer {
    /** Value taken from a window. */
    public enum Kind {
        MAX,
        AVERAGE
    }

    /** @throws IllegalArgumentException if a number is out of range, or the padding exceeds half the window */
    public Pool {
        Require.positive("rows of a pooling window", kernel);
        Require.positive("steps of stride", stride);
        Require.notNegative("rows of padding", padding);
        if (padding > kernel / 2) {
            throw new IllegalArgumentException("Cannot pad a pooling window of %d by %d: at most half of it, %d"
                    .formatted(kernel, padding, kernel / 2));
        }
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(
                input.channels(),
                Require.slides(this, input, input.height(), kernel, stride, padding),
                Require.slides(this, input, input.width(), kernel, stride, padding));
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.pool(this, argument);
    }

    @Override
    public String toString() {
        String what = switch (kind) {
            case MAX -> "max";
            case AVERAGE -> "average";
        };
        return "%dx%d %s pool /%d".formatted(kernel, kernel, what, stride);
    }
}
