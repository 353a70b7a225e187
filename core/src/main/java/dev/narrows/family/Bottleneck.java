package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;

/**
 * The bottleneck block: y = σ(x + N(W₃ · σ(N(W₂ · σ(N(W₁ · x)))))), with W₁ a 1x1 convolution from the block's input to
 * its narrow middle, W₂ a k×k one within the middle, of the block's stride and split into {@code cardinality} groups,
 * W₃ a 1x1 one to its output, N a norm and σ an activation. Without norms and biases it has in·m + k²·m²/g + m·out
 * parameters for a middle of m channels in g groups.
 *
 * <p>Sources: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, figure 5 right (m = out / 4, g = 1;
 * the stride in the k×k convolution as in most later code); Xie et al., "Aggregated Residual Transformations for Deep
 * Neural Networks", CVPR 2017, figure 3c (g = 32); Zagoruyko and Komodakis, "Wide Residual Networks", BMVC 2016 (wider
 * m).
 */
public final class Bottleneck implements Family {
    private static final Knob<ByStage<Integer>> CARDINALITY =
            Knob.integerByStage("cardinality", 1, "Groups of the middle convolution");
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of the middle convolution's window, in pixels; odd");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            Stages.KNOBS,
            List.of(
                    Middle.MID,
                    Middle.MID_RATIO,
                    CARDINALITY,
                    Middle.WIDTH_PER_GROUP,
                    KERNEL,
                    Shortcut.SKIP,
                    Shortcut.SHORTCUT),
            Style.KNOBS,
            Stem.KNOBS,
            Head.KNOBS);

    @Override
    public String name() {
        return "bottleneck";
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
        Middle middle = Middle.ofGrouped(settings, stages);
        ByStage<Integer> cardinality = stages.get(settings, CARDINALITY);
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        boolean skip = settings.get(Shortcut.SKIP);
        Shortcut shortcut = settings.get(Shortcut.SHORTCUT);

        Chain.Builder network = Chain.builder();
        int channels = stem.add(network, style, input.channels());
        channels = stages.addBlocks(network, channels, spot -> {
            int groups = cardinality.at(spot.stage());
            int mid = middle.at(spot.stage(), spot.out(), groups);
            Chain.Builder narrow = Chain.builder();
            style.addActivated(narrow, style.pointwise(spot.in(), mid));
            style.addActivated(narrow, style.conv(mid, mid, kernel.at(spot.stage()), spot.stride(), groups));
            narrow.add(new Tap(spot.name()));
            style.addNormed(narrow, style.pointwise(mid, spot.out()));
            return Shortcut.added(skip, shortcut, style, spot, narrow.build());
        });
        return Head.of(settings).finish(network, style, input, channels, classes);
    }
}
