package dev.narrows.family;

import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Flatten;
import dev.narrows.net.Linear;
import dev.narrows.net.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The head after the last block: an optional 1x1 convolution, a pooling, hidden linear layers, and one score per class;
 * or nothing at all.
 *
 * @param classify true if there is a head
 * @param width channels of a 1x1 convolution before the pooling, with norm and activation (MobileNet v2); empty for
 *     none
 * @param pool output side of the average pooling, 1 for global pooling; empty for no pooling
 * @param hidden features of each linear layer before the last
 */
public record Head(boolean classify, Optional<Integer> width, Optional<Integer> pool, List<Integer> hidden) {
    /** Position of the head's own norm. */
    enum NormPlace {
        NOWHERE,
        /** With its activation, for blocks with norms first (DenseNet). */
        BEFORE_POOL,
        /** Without an activation (ConvNeXt). */
        BEHIND_POOL
    }

    private static final Knob<Boolean> CLASSIFY = Knob.flag(
            "head.classify", "true: a head gives one score per class; false: the network ends with its last block");
    private static final Knob<Optional<Integer>> WIDTH = Knob.integer(
                    "head.width", 1, "Channels of a 1x1 convolution before the last pooling; null: none")
            .orNone();
    private static final Knob<Optional<Integer>> POOL = Knob.integer(
                    "head.pool", 1, "Side of what the last average pooling leaves, 1: global; null: no pooling")
            .orNone();
    private static final Knob<Optional<List<Integer>>> HIDDEN = Knob.integers(
                    "head.hidden", 1, "Features of each linear layer before the last; null: none")
            .orNone();

    /** Knobs that {@link #of} reads. */
    public static final List<Knob<?>> KNOBS = List.of(CLASSIFY, WIDTH, POOL, HIDDEN);

    /** Head for a choice of knobs. */
    public static Head of(Settings settings) {
        return new Head(
                settings.get(CLASSIFY),
                settings.get(WIDTH),
                settings.get(POOL),
                settings.get(HIDDEN).orElse(List.of()));
    }

    /** The same head with other channels before its pooling, for a width multiplier. */
    public Head withWidth(Optional<Integer> other) {
        return new Head(classify, other, pool, hidden);
    }

    /**
     * Adds the head, if there is one, and returns the finished network.
     *
     * @param image the shape of the network's input
     * @param channels input channels
     */
    public Chain finish(Chain.Builder network, Style style, Shape image, int channels, int classes) {
        return finish(network, style, image, channels, classes, NormPlace.NOWHERE);
    }

    /** Adds the head with a norm of its own. */
    Chain finish(Chain.Builder network, Style style, Shape image, int channels, int classes, NormPlace norm) {
        if (!classify) {
            return network.build();
        }
        Chain.Builder head = Chain.builder();
        int features = channels;
        if (norm == NormPlace.BEFORE_POOL) {
            style.addNorm(head, features);
            style.addActivation(head);
        }
        if (width.isPresent()) {
            style.addActivated(head, style.pointwise(features, width.get()));
            features = width.get();
        }
        if (pool.isPresent()) {
            head.add(new AdaptivePool(pool.get()));
        }
        if (norm == NormPlace.BEHIND_POOL) {
            style.addNorm(head, features);
        }
        head.add(new Flatten());
        if (pool.isPresent()) {
            features = Rounding.exact((long) features * pool.get() * pool.get());
        } else {
            Shape last = network.build().output(image);
            features = Rounding.exact(last.withChannels(features).elements());
        }
        for (int size : hidden) {
            head.add(new Linear(features, size, true));
            style.addActivation(head);
            features = size;
        }
        head.add(new Linear(features, classes, true));
        return network.add(new Block("head", head.build())).build();
    }
}
