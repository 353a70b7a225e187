package dev.narrows.net;

/** Multiplies each channel of (N, C, H, W) by a learnt factor: ConvNeXt's layer scale (Touvron et al., 2021). */
public record Scale(int channels, double initial) implements Layer {
    /** @throws IllegalArgumentException if there is no channel */
    public Scale {
        Require.positive("channels to scale", channels);
    }

    @Override
    public Shape output(Shape input) {
        Require.channels(this, channels, input);
        return input;
    }

    @Override
    public <A, R> R accept(Visitor<A, R> visitor, A argument) {
        return visitor.scale(this, argument);
    }

    @Override
    public String toString() {
        return "layer scale " + channels;
    }
}
