package dev.narrows.family;

import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;
import java.util.Optional;

/**
 * The densely connected layer: y = [x, W₂ · σ(N(W₁ · σ(N(x))))], with W₁ a 1x1 convolution to b·k channels (or left
 * out), W₂ a k×k one to k new channels, the growth; norm and activation come first. Between two stages a transition
 * compresses m channels to ⌊θ·m⌋ by norm, activation and a 1x1 convolution, and averages windows of the stage's stride.
 * A stage of L layers puts out m + L·k channels, so there are no widths to choose.
 *
 * <p>Source: Huang, Liu, van der Maaten and Weinberger, "Densely Connected Convolutional Networks", CVPR 2017, section
 * 3 and table 1 (b = 4, θ = 0.5).
 */
public final class Dense implements Family {
    private static final Knob<ByStage<Integer>> GROWTH =
            Knob.integerByStage("growth", 1, "Channels that each layer adds to those before it");
    private static final Knob<Optional<ByStage<Double>>> BOTTLENECK_SIZE = Knob.decimalByStage(
                    "bottleneck-size", 0, "Channels of a layer's 1x1 convolution as a multiple of growth; null: none")
            .orNone();
    private static final Knob<Double> COMPRESSION =
            Knob.decimal("compression", 0, "Share of the channels that a transition between stages leaves, up to 1");
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of the growing convolution's window, in pixels; odd");
    private static final Knob<PoolChoice> POOL =
            Knob.choice("pool", PoolChoice.class, "Pooling of a transition; not none");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            List.of(Stages.DEPTHS, Stages.STRIDES, GROWTH, BOTTLENECK_SIZE, COMPRESSION, KERNEL, POOL),
            Style.KNOBS,
            Stem.KNOBS,
            Head.KNOBS);

    @Override
    public String name() {
        return "dense";
    }

    @Override
    public List<Knob<?>> knobs() {
        return KNOBS;
    }

    @Override
    public Layer build(Settings settings, Shape input, int classes) {
        Style style = Style.of(settings);
        Stages stages = Stages.withoutWidths(settings);
        Stem stem = Stem.of(settings);
        stages.fit(input, stem.shrink());
        ByStage<Integer> growth = stages.get(settings, GROWTH);
        Optional<ByStage<Double>> bottleneck = stages.getOptional(settings, BOTTLENECK_SIZE);
        double compression = settings.get(COMPRESSION);
        if (compression > 1) {
            throw new IllegalArgumentException(
                    "Cannot take compression = %s: a transition leaves at most all channels, 1".formatted(compression));
        }
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        PoolChoice pool = settings.get(POOL);

        Chain.Builder network = Chain.builder();
        int channels = stem.add(network, style, input.channels());
        for (int stage = 0; stage < stages.count(); stage++) {
            int stride = stages.strides().get(stage);
            if (stage > 0 || stride > 1) {
                int left = Rounding.down(channels * compression);
                network.add(new Block(
                        "stage " + (stage + 1) + " transition", transition(style, channels, left, stride, pool)));
                channels = left;
            }
            int added = growth.at(stage);
            for (int layer = 0; layer < stages.depths().get(stage); layer++) {
                String name = Stages.name(stage, layer);
                Chain.Builder branch = Chain.builder();
                style.addNorm(branch, channels);
                style.addActivation(branch);
                int taken = channels;
                if (bottleneck.isPresent()) {
                    taken = Rounding.nearest(bottleneck.get().at(stage) * added);
                    style.addActivated(branch, style.pointwise(channels, taken));
                }
                branch.add(style.conv(taken, added, kernel.at(stage), 1, 1));
                branch.add(new Tap(name));
                network.add(new Block(name, Fork.concat(Chain.identity(), branch.build())));
                channels = Rounding.exact((long) channels + added);
            }
        }
        return Head.of(settings).finish(network, style, input, channels, classes, Head.NormPlace.BEFORE_POOL);
    }

    private static Chain transition(Style style, int in, int out, int stride, PoolChoice pool) {
        Chain.Builder transition = Chain.builder();
        style.addNorm(transition, in);
        style.addActivation(transition);
        transition.add(style.pointwise(in, out));
        if (stride > 1) {
            Pool.Kind kind = pool.kind()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Cannot take pool = none with a stride of %d: a transition shrinks by pooling"
                                    .formatted(stride)));
            transition.add(new Pool(kind, stride, stride, 0));
        }
        return transition.build();
    }
}
