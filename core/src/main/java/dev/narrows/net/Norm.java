package dev.narrows.net;

/**
 * A normalisation with a learnt scale and shift for each channel of (N, C, H, W).
 *
 * <p>{@code BATCH} takes mean and variance of a channel over N, H and W (Ioffe and Szegedy, 2015) and remembers a
 * running mean of both; {@code LAYER} takes them over the channels of each position (as ConvNeXt does; Liu et al., 2022).
 */
public record Norm(Kind kind, int channels) implements Layer {
    /** Which scalars share one mean and variance. */
    public enum Kind {
        BATCH,
        LAYER
    }

    /** @throws IllegalArgumentException where there is no channel */
    public Norm {
        Require.positive("channels to normalise", channels);
    }

    /** What is added to the variance: 1e-5 for batch norm as PyTorch has it, 1e-6 for layer norm as ConvNeXt has it. */
    public double epsilon() {
        return switch (kind) {
            case BATCH -> 1e-5;
            case LAYER -> 1e-6;
        };
    }

    @Override
    public Shape output(Shape input) {
        Require.channels(this, channels, input);
        return input;
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.norm(this, argument);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case BATCH -> "batch norm " + channels;
            case LAYER -> "layer norm " + channels;
        };
    }
}
