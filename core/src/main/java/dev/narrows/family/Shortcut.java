package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import java.util.Arrays;

/** The shortcut of a residual block whose shape changes (He et al., 2016, section 3.3). */
enum Shortcut {
    /** A 1x1 convolution with its norm, of the block's stride (option B of He et al.). */
    PROJECTION,
    /**
     * Every stride-th position with its channels repeated, without parameters. Option A of He et al. pads with zeros
     * instead; parameters, MACs and activations are the same.
     */
    REPEAT;

    static final Knob<Boolean> SKIP = Knob.flag("skip", "true: a block adds its input to its output");
    static final Knob<Shortcut> SHORTCUT =
            Knob.choice("shortcut", Shortcut.class, "Form of the added input where a block changes its shape");

    /** A block from this branch: σ(shortcut + branch), or σ(branch) without a skip. */
    static Layer added(boolean skip, Shortcut shortcut, Style style, Stages.Spot spot, Chain branch) {
        Chain.Builder block = Chain.builder();
        if (skip) {
            block.add(Fork.add(shortcut.layer(style, spot), branch));
        } else {
            block.add(branch);
        }
        style.addActivation(block);
        return block.build();
    }

    /** The shortcut for a block; the identity if its shape does not change. */
    private Layer layer(Style style, Stages.Spot spot) {
        if (spot.keepsShape()) {
            return Chain.identity();
        }
        int in = spot.in();
        int out = spot.out();
        int stride = spot.stride();
        return switch (this) {
            case PROJECTION -> {
                Chain.Builder projection = Chain.builder();
                style.addNormed(projection, new Conv(in, out, 1, stride, 0, 1, style.bias()));
                yield projection.build();
            }
            case REPEAT -> repeat(in, out, stride);
        };
    }

    private static Layer repeat(int in, int out, int stride) {
        if (out % in != 0) {
            throw new IllegalArgumentException(
                    "Cannot repeat %d channels to %d with shortcut = repeat: %d is not a multiple of %d"
                            .formatted(in, out, out, in));
        }
        Chain.Builder shortcut = Chain.builder();
        if (stride > 1) {
            shortcut.add(new Pool(Pool.Kind.AVERAGE, 1, stride, 0));
        }
        if (out > in) {
            Layer[] copies = new Layer[out / in];
            Arrays.fill(copies, Chain.identity());
            shortcut.add(Fork.concat(copies));
        }
        return shortcut.build();
    }
}
