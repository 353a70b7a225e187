package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;
import java.util.Optional;

/**
 * The inverted bottleneck: y = x + N(W₃ · σ(N(W₂ · σ(N(W₁ · x))))), with W₁ a 1x1 convolution that expands the block's
 * input t times (left out where it would expand to as many channels as there are), W₂ a k×k one, depthwise or in fewer
 * groups, of the block's stride, and W₃ a 1x1 one to the narrow output, which stays linear unless asked otherwise. The
 * input is added where its shape is the output's. From IC to IC channels and depthwise it has t·IC·(2·IC + k²)
 * parameters without norms and biases.
 *
 * <p>Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, table 1 and figure 4.
 */
public final class InvertedBottleneck implements Family {
    private static final Knob<ByStage<Double>> EXPANSION = Knob.decimalByStage(
            "expansion", 0, "Channels of a block's wide middle as a multiple of those that come in");
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of the middle convolution's window, in pixels; odd");
    private static final Knob<ByStage<Groups>> GROUPS = Knob.groupsByStage(
            "groups", "Groups of the middle convolution, from 1 (dense) to one per channel (depthwise)");
    private static final Knob<Boolean> LINEAR =
            Knob.flag("linear", "true: the narrow end of a block is linear; false: the activation follows it");
    private static final Knob<Double> WIDTH_MULTIPLIER = Knob.decimal(
            "width-multiplier", 0, "Factor for every width; other than 1, it rounds them to multiples of 8");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            Stages.KNOBS,
            List.of(EXPANSION, KERNEL, GROUPS, LINEAR, WIDTH_MULTIPLIER, Shortcut.SKIP),
            Style.KNOBS,
            Stem.KNOBS,
            Head.KNOBS);

    @Override
    public String name() {
        return "inverted-bottleneck";
    }

    @Override
    public List<Knob<?>> knobs() {
        return KNOBS;
    }

    @Override
    public Layer build(Settings settings, Shape input, int classes) {
        Style style = Style.of(settings);
        double multiplier = settings.get(WIDTH_MULTIPLIER);
        Stages stages = Stages.of(settings).scaled(width -> scaled(width, multiplier));
        Stem stem = Stem.of(settings);
        stages.fit(input, stem.shrink());
        ByStage<Double> expansion = stages.get(settings, EXPANSION);
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        ByStage<Groups> groups = stages.get(settings, GROUPS);
        boolean linear = settings.get(LINEAR);
        boolean skip = settings.get(Shortcut.SKIP);

        Chain.Builder network = Chain.builder();
        int channels = stem.withWidth(stem.width().map(width -> scaled(width, multiplier)))
                .add(network, style, input.channels());
        channels = stages.addBlocks(network, channels, spot -> {
            int wide = Rounding.nearest(spot.in() * expansion.at(spot.stage()));
            Chain.Builder block = Chain.builder();
            if (wide != spot.in()) {
                style.addActivated(block, style.pointwise(spot.in(), wide));
            }
            int split = groups.at(spot.stage()).of(wide);
            style.addActivated(block, style.conv(wide, wide, kernel.at(spot.stage()), spot.stride(), split));
            style.addNormed(block, style.pointwise(wide, spot.out()));
            if (!linear) {
                style.addActivation(block);
            }
            block.add(new Tap(spot.name()));
            Chain branch = block.build();
            return skip && spot.keepsShape() ? Fork.add(Chain.identity(), branch) : branch;
        });
        Head head = Head.of(settings);
        Optional<Integer> width = head.width().map(channel -> scaled(channel, Math.max(1, multiplier)));
        return head.withWidth(width).finish(network, style, input, channels, classes);
    }

    /** A multiplier of 1 leaves widths alone, so that they need not be multiples of 8. */
    private static int scaled(int width, double multiplier) {
        return multiplier == 1 ? width : Rounding.multipleOfEight(width * multiplier);
    }
}
