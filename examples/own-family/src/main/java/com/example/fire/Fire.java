package com.example.fire;

import dev.narrows.family.ByStage;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.family.Settings;
import dev.narrows.family.Stages;
import dev.narrows.family.Stem;
import dev.narrows.family.Style;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Flatten;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;

/**
 * The Fire module: y = [σ(W₁ · s), σ(W₃ · s)] with s = σ(S · x), where S is a 1x1 convolution that squeezes to few
 * channels, and W₁ a 1x1 and W₃ a 3x3 convolution that expand them again. With biases it has (in + 1)·s + (s + 1)·e₁ +
 * (9·s + 1)·e₃ parameters. Scores come from a 1x1 convolution that is averaged over all positions.
 *
 * <p>Source: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
 * 2016, section 3.2; squeezenet-1.1.conf beside this project states its version 1.1.
 */
public final class Fire implements Family {
    private static final int WINDOW = 3;

    private static final Knob<ByStage<Double>> SQUEEZE_RATIO = Knob.decimalByStage(
            "squeeze-ratio", 0, "Channels of the narrow layer as a share of what its block puts out");
    private static final Knob<ByStage<Double>> SHARE_3X3 =
            Knob.decimalByStage("share-3x3", 0, "Share of a block's output that its 3x3 convolution gives, below 1");

    private static final List<Knob<?>> KNOBS =
            Families.knobs(Stages.KNOBS, List.of(SQUEEZE_RATIO, SHARE_3X3), Style.KNOBS, Stem.KNOBS);

    @Override
    public String name() {
        return "fire";
    }

    @Override
    public List<Knob<?>> knobs() {
        return KNOBS;
    }

    @Override
    public Layer build(Settings settings, Shape input, int classes) {
        Style style = Style.of(settings);
        Stages stages = Stages.of(settings);
        Stem stem = Stem.of(settings);
        stages.fit(input, stem.shrink());
        ByStage<Double> squeezeRatio = stages.get(settings, SQUEEZE_RATIO);
        ByStage<Double> share = stages.get(settings, SHARE_3X3);

        Chain.Builder network = Chain.builder();
        int channels = stem.add(network, style, input.channels());
        channels = stages.addBlocks(network, channels, spot -> {
            int squeezed = part("squeeze-ratio", squeezeRatio.at(spot.stage()), spot.out());
            int wide = part("share-3x3", share.at(spot.stage()), spot.out());
            Chain.Builder block = Chain.builder();
            if (spot.stride() > 1) {
                block.add(new Pool(Pool.Kind.MAX, WINDOW, spot.stride(), 0));
            }
            style.addActivated(block, style.pointwise(spot.in(), squeezed));
            // Its activations are the narrowest: what is lost there is measured after training.
            block.add(new Tap(spot.name()));
            Chain.Builder one = Chain.builder();
            style.addActivated(one, style.pointwise(squeezed, spot.out() - wide));
            Chain.Builder three = Chain.builder();
            style.addActivated(three, style.conv(squeezed, wide, WINDOW, 1, 1));
            return block.add(Fork.concat(one.build(), three.build())).build();
        });

        Chain.Builder head = Chain.builder();
        head.add(style.pointwise(channels, classes));
        style.addActivation(head);
        head.add(new AdaptivePool(1)).add(new Flatten());
        return network.add(new Block("head", head.build())).build();
    }

    /** A share of a block's channels, of which both sides must keep some. */
    private static int part(String knob, double share, int channels) {
        int part = (int) Math.round(share * channels);
        if (part < 1 || part >= channels) {
            throw new IllegalArgumentException("Cannot take %s = %s of %d channels: %d is not between 1 and %d"
                    .formatted(knob, share, channels, part, channels - 1));
        }
        return part;
    }
}
