package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;

/**
 * The depthwise separable convolution: y = σ(N(W₂ · σ(N(W₁ · x)))), with W₁ a k×k convolution of the block's stride
 * that looks at each channel by itself (or at groups of them, down to one dense group) and W₂ a 1x1 one that mixes
 * channels. Without norms and biases it has k²·in + in·out parameters where a dense k×k convolution has k²·in·out.
 *
 * <p>Source: Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications", 2017,
 * section 3.1 and table 1.
 */
public final class DepthwiseSeparable implements Family {
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of the first convolution's window, in pixels; odd");
    private static final Knob<ByStage<Groups>> GROUPS = Knob.groupsByStage(
            "groups", "Groups of the first convolution, from 1 (dense) to one per channel (depthwise)");
    private static final Knob<Double> WIDTH_MULTIPLIER =
            Knob.decimal("width-multiplier", 0, "Factor for every width, rounded down to whole channels");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            Stages.KNOBS, List.of(KERNEL, GROUPS, WIDTH_MULTIPLIER), Style.KNOBS, Stem.KNOBS, Head.KNOBS);

    @Override
    public String name() {
        return "depthwise-separable";
    }

    @Override
    public List<Knob<?>> knobs() {
        return KNOBS;
    }

    @Override
    public Layer build(Settings settings, Shape input, int classes) {
        Style style = Style.of(settings);
        double multiplier = settings.get(WIDTH_MULTIPLIER);
        Stages stages = Stages.of(settings).scaled(width -> Rounding.down(width * multiplier));
        Stem stem = Stem.of(settings);
        stages.fit(input, stem.shrink());
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        ByStage<Groups> groups = stages.get(settings, GROUPS);

        Chain.Builder network = Chain.builder();
        int channels = stem.withWidth(stem.width().map(width -> Rounding.down(width * multiplier)))
                .add(network, style, input.channels());
        channels = stages.addBlocks(network, channels, spot -> {
            int in = spot.in();
            int split = groups.at(spot.stage()).of(in);
            Chain.Builder block = Chain.builder();
            style.addActivated(block, style.conv(in, in, kernel.at(spot.stage()), spot.stride(), split));
            block.add(new Tap(spot.name()));
            style.addActivated(block, style.pointwise(in, spot.out()));
            return block.build();
        });
        return Head.of(settings).finish(network, style, input, channels, classes);
    }
}
