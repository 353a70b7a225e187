package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Scale;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;
import java.util.Optional;

/**
 * The ConvNeXt block: y = x + γ · (W₃ · σ(W₂ · N(W₁ · x))), with W₁ a depthwise k×k convolution, W₂ a 1x1 one that
 * expands t times, W₃ a 1x1 one back to the narrow width, and γ a learnt factor per channel. If the shape changes, a
 * norm and a convolution whose window is its stride come first. One norm and one activation per block; the stem's
 * convolution has a norm and no activation.
 *
 * <p>Sources: Liu et al., "A ConvNet for the 2020s", CVPR 2022, figure 4; γ: Touvron et al., "Going deeper with Image
 * Transformers", ICCV 2021.
 */
public final class ConvNext implements Family {
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of the depthwise convolution's window, in pixels; odd");
    private static final Knob<ByStage<Double>> EXPANSION =
            Knob.decimalByStage("expansion", 0, "Channels of a block's wide middle as a multiple of those at its ends");
    private static final Knob<Optional<Double>> LAYER_SCALE = Knob.decimal(
                    "layer-scale", 0, "Initial value of the learnt factor of each channel; null: no such factor")
            .orNone();

    private static final List<Knob<?>> KNOBS = Families.knobs(
            Stages.KNOBS, List.of(KERNEL, EXPANSION, LAYER_SCALE, Shortcut.SKIP), Style.KNOBS, Stem.KNOBS, Head.KNOBS);

    @Override
    public String name() {
        return "convnext";
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
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        ByStage<Double> expansion = stages.get(settings, EXPANSION);
        Optional<Double> layerScale = settings.get(LAYER_SCALE);
        boolean skip = settings.get(Shortcut.SKIP);

        Chain.Builder network = Chain.builder();
        int channels = stem.add(network, style, input.channels(), false);
        channels = stages.addBlocks(network, channels, spot -> {
            int out = spot.out();
            int wide = Rounding.nearest(out * expansion.at(spot.stage()));
            Chain.Builder branch = Chain.builder();
            style.addNormed(branch, style.conv(out, out, kernel.at(spot.stage()), 1, out));
            branch.add(style.pointwise(out, wide));
            style.addActivation(branch);
            branch.add(style.pointwise(wide, out));
            if (layerScale.isPresent()) {
                branch.add(new Scale(out, layerScale.get()));
            }
            branch.add(new Tap(spot.name()));
            Layer block = skip ? Fork.add(Chain.identity(), branch.build()) : branch.build();
            return spot.keepsShape() ? block : Chain.of(down(style, spot), block);
        });
        return Head.of(settings).finish(network, style, input, channels, classes, Head.NormPlace.BEHIND_POOL);
    }

    private static Chain down(Style style, Stages.Spot spot) {
        Chain.Builder down = Chain.builder();
        style.addNorm(down, spot.in());
        down.add(new Conv(spot.in(), spot.out(), spot.stride(), spot.stride(), 0, 1, style.bias()));
        return down.build();
    }
}
