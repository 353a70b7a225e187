package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;

/**
 * The standard residual pair: y = σ(x + N(W₂ · σ(N(W₁ · x)))), with W₁ a k×k convolution from the block's input to its
 * middle, of the block's stride, W₂ one from the middle to its output, N a norm and σ an activation. If the shape
 * changes, the x that is added goes through a shortcut first.
 *
 * <p>Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, figure 5 left. There
 * the middle is as wide as the output.
 */
public final class Residual implements Family {
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of both convolutions' windows, in pixels; odd");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            Stages.KNOBS,
            List.of(Middle.MID, Middle.MID_RATIO, KERNEL, Shortcut.SKIP, Shortcut.SHORTCUT),
            Style.KNOBS,
            Stem.KNOBS,
            Head.KNOBS);

    @Override
    public String name() {
        return "residual";
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
        Middle middle = Middle.of(settings, stages);
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        boolean skip = settings.get(Shortcut.SKIP);
        Shortcut shortcut = settings.get(Shortcut.SHORTCUT);

        Chain.Builder network = Chain.builder();
        int channels = stem.add(network, style, input.channels());
        channels = stages.addBlocks(network, channels, spot -> {
            int mid = middle.at(spot.stage(), spot.out(), 1);
            int side = kernel.at(spot.stage());
            Chain.Builder pair = Chain.builder();
            style.addActivated(pair, style.conv(spot.in(), mid, side, spot.stride(), 1));
            pair.add(new Tap(spot.name()));
            style.addNormed(pair, style.conv(mid, spot.out(), side, 1, 1));
            return Shortcut.added(skip, shortcut, style, spot, pair.build());
        });
        return Head.of(settings).finish(network, style, input, channels, classes);
    }
}
