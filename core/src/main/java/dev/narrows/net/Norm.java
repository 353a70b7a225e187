package dev.narrows.net;

/**
 * A normalisation with a learnt scale and shift for each channel of (N, C, H, W).
 *
 * <p>{@code BATCH} computes mean and variance of a channel over N, H and W (Ioffe and Szegedy, 2015) and keeps a
 * running mean of both; {@code LAYER} computes them over the channels of each position (ConvNeXt; Liu et al., 2022).
 */
public record Norm(Kind kind, int channels) implements Layer {
    /** Scalars that share one mean and variance. */
    public enum Kind {
        BATCH,
        LAYER
    }

    /** @throws IllegalArgumentException if there is no channel */
    public Norm {
        Require.positive("channels to normalise", channels);
    }

    /** Constant added to the variance: 1e-5 for batch norm as in PyTorch, 1e-6 for layer norm as in ConvNeXt. */
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
