package dev.narrows.family;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Pool;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.List;
import java.util.Optional;

/**
 * A stack of convolutions without a skip: y = σ(N(W · x)), with W a k×k convolution, N a norm and σ an activation. The
 * first convolution of a stage has its stride; a pooling may end the stage. A 1x1 convolution may follow each of them:
 * y = σ(N(V · σ(N(W · x)))), or without the outer σ.
 *
 * <p>Sources: Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks",
 * NeurIPS 2012 (11x11, 5x5 and 3x3 windows, hidden linear layers of 4096); Simonyan and Zisserman, "Very Deep
 * Convolutional Networks for Large-Scale Image Recognition", ICLR 2015 (3x3 windows, a 2x2 pooling per stage; 1x1
 * convolutions in configuration C); Lin, Chen and Yan, "Network in Network", ICLR 2014 (1x1 convolutions between larger
 * ones).
 */
public final class Plain implements Family {
    private static final Knob<ByStage<Integer>> KERNEL =
            Knob.integerByStage("kernel", 1, "Side of the convolutions' windows, in pixels");
    private static final Knob<Optional<ByStage<Integer>>> PADDING = Knob.integerByStage(
                    "padding", 0, "Rows of zeros around what a convolution takes; null: (kernel - 1) / 2")
            .orNone();
    private static final Knob<ByStage<Groups>> GROUPS =
            Knob.groupsByStage("groups", "Groups of the convolutions, from 1 (dense) to one per channel (depthwise)");
    private static final Knob<Pointwise> POINTWISE = Knob.choice(
            "pointwise", Pointwise.class, "1x1 convolution after each of them: none, linear or with the activation");
    private static final Knob<PoolChoice> POOL = Knob.choice("pool", PoolChoice.class, "Pooling at the end of a stage");
    private static final Knob<Integer> POOL_KERNEL =
            Knob.integer("pool-kernel", 1, "Side of that pooling's window, in pixels");
    private static final Knob<ByStage<Integer>> POOL_STRIDE =
            Knob.integerByStage("pool-stride", 1, "Factor by which it shrinks height and width; 1: no pooling");

    private static final List<Knob<?>> KNOBS = Families.knobs(
            Stages.KNOBS,
            List.of(KERNEL, PADDING, GROUPS, POINTWISE, POOL, POOL_KERNEL, POOL_STRIDE),
            Style.KNOBS,
            Stem.KNOBS,
            Head.KNOBS);

    private enum Pointwise {
        NONE,
        LINEAR,
        ACTIVATED
    }

    @Override
    public String name() {
        return "plain";
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
        ByStage<Integer> kernel = stages.get(settings, KERNEL);
        Optional<ByStage<Integer>> padding = stages.getOptional(settings, PADDING);
        ByStage<Groups> groups = stages.get(settings, GROUPS);
        Pointwise pointwise = settings.get(POINTWISE);
        Optional<Pool.Kind> pool = settings.get(POOL).kind();
        int poolKernel = settings.get(POOL_KERNEL);
        ByStage<Integer> poolStride = stages.get(settings, POOL_STRIDE);
        long shrink = stem.shrink();
        for (int stage = 0; pool.isPresent() && stage < stages.count(); stage++) {
            shrink = Math.min(Integer.MAX_VALUE, shrink * poolStride.at(stage));
        }
        stages.fit(input, shrink);

        Chain.Builder network = Chain.builder();
        int channels = stem.add(network, style, input.channels());
        channels = stages.addBlocks(network, channels, spot -> {
            int stage = spot.stage();
            int side = kernel.at(stage);
            int zeros = padding.isPresent() ? padding.get().at(stage) : (side - 1) / 2;
            int split = groups.at(stage).of(spot.in());
            Chain.Builder block = Chain.builder();
            style.addActivated(block, new Conv(spot.in(), spot.out(), side, spot.stride(), zeros, split, style.bias()));
            switch (pointwise) {
                case NONE -> {
                    // There is only the k×k convolution.
                }
                case LINEAR -> style.addNormed(block, style.pointwise(spot.out(), spot.out()));
                case ACTIVATED -> style.addActivated(block, style.pointwise(spot.out(), spot.out()));
            }
            block.add(new Tap(spot.name()));
            if (spot.last() && pool.isPresent() && poolStride.at(stage) > 1) {
                block.add(new Pool(pool.get(), poolKernel, poolStride.at(stage), 0));
            }
            return block.build();
        });
        return Head.of(settings).finish(network, style, input, channels, classes);
    }
}
