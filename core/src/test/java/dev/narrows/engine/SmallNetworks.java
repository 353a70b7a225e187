package dev.narrows.engine;

import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Pool;
import dev.narrows.net.Scale;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import java.util.Map;

/** The five networks that src/test/python/parity.py writes as torch modules, from 3x12x12 to ten classes. */
final class SmallNetworks {
    static final Shape INPUT = new Shape(3, 12, 12);
    static final int CLASSES = 10;

    private static final Layer RELU = new Activation(Activation.Kind.RELU);
    private static final Layer RELU6 = new Activation(Activation.Kind.RELU6);

    private SmallNetworks() {}

    static Map<String, Layer> all() {
        return Map.of(
                "bottleneck", bottleneck(),
                "inverted-bottleneck", invertedBottleneck(),
                "dense", dense(),
                "convnext", convnext(),
                "inception", inception());
    }

    private static Layer batchNorm(int channels) {
        return new Norm(Norm.Kind.BATCH, channels);
    }

    private static Layer layerNorm(int channels) {
        return new Norm(Norm.Kind.LAYER, channels);
    }

    private static Layer head(int channels) {
        return Chain.of(new AdaptivePool(1), new Linear(channels, CLASSES, true));
    }

    static Layer bottleneck() {
        return Chain.of(
                Conv.same(3, 16, 3, 1, 1, false),
                batchNorm(16),
                RELU,
                bottleneckBlock(16, 8, 32, 1),
                bottleneckBlock(32, 12, 48, 2),
                head(48));
    }

    /** Two blocks whose narrow ends are tapped: one behind a ReLU, one that is linear. */
    static Layer tapped() {
        return Chain.of(
                Conv.same(3, 16, 3, 2, 1, false),
                batchNorm(16),
                RELU,
                Conv.pointwise(16, 8, false),
                batchNorm(8),
                RELU,
                new Tap("narrow"),
                Conv.pointwise(8, 24, false),
                batchNorm(24),
                RELU,
                Fork.add(Chain.identity(), Chain.of(Conv.pointwise(24, 24, false), batchNorm(24), new Tap("linear"))),
                head(24));
    }

    private static Layer bottleneckBlock(int in, int mid, int out, int stride) {
        Layer body = Chain.of(
                Conv.pointwise(in, mid, false),
                batchNorm(mid),
                RELU,
                Conv.same(mid, mid, 3, stride, 2, false),
                batchNorm(mid),
                RELU,
                Conv.pointwise(mid, out, false),
                batchNorm(out));
        Layer shortcut = Chain.of(Conv.same(in, out, 1, stride, 1, false), batchNorm(out));
        return Chain.of(Fork.add(shortcut, body), RELU);
    }

    private static Layer invertedBottleneck() {
        return Chain.of(
                Conv.same(3, 12, 3, 1, 1, false),
                batchNorm(12),
                RELU6,
                Fork.add(Chain.identity(), invertedBlock(12, 3, 12, 1)),
                invertedBlock(12, 4, 20, 2),
                head(20));
    }

    private static Layer invertedBlock(int in, int expansion, int out, int stride) {
        int wide = in * expansion;
        return Chain.of(
                Conv.pointwise(in, wide, false),
                batchNorm(wide),
                RELU6,
                Conv.same(wide, wide, 3, stride, wide, false),
                batchNorm(wide),
                RELU6,
                Conv.pointwise(wide, out, false),
                batchNorm(out));
    }

    private static Layer dense() {
        return Chain.of(
                Conv.same(3, 12, 3, 1, 1, false),
                denseLayer(12, 8),
                denseLayer(20, 8),
                batchNorm(28),
                RELU,
                Conv.pointwise(28, 14, false),
                new Pool(Pool.Kind.AVERAGE, 2, 2, 0),
                denseLayer(14, 8),
                batchNorm(22),
                RELU,
                head(22));
    }

    private static Layer denseLayer(int in, int growth) {
        return Fork.concat(
                Chain.identity(),
                Chain.of(
                        batchNorm(in),
                        RELU,
                        Conv.pointwise(in, 2 * growth, false),
                        batchNorm(2 * growth),
                        RELU,
                        Conv.same(2 * growth, growth, 3, 1, 1, false)));
    }

    private static Layer convnext() {
        return Chain.of(
                new Conv(3, 16, 2, 2, 0, 1, true), layerNorm(16), convnextBlock(16), convnextBlock(16), head(16));
    }

    private static Layer convnextBlock(int channels) {
        return Fork.add(
                Chain.identity(),
                Chain.of(
                        Conv.same(channels, channels, 7, 1, channels, true),
                        layerNorm(channels),
                        Conv.pointwise(channels, 4 * channels, true),
                        new Activation(Activation.Kind.GELU),
                        Conv.pointwise(4 * channels, channels, true),
                        new Scale(channels, 0.1)));
    }

    /** Channels that are no multiples of eight: norms of branches are computed together, others with spare channels. */
    private static Layer inception() {
        return Chain.of(
                Conv.same(3, 12, 3, 1, 1, false),
                batchNorm(12),
                RELU,
                module(12, 6, 4, 10, 3, 5, 7),
                new Pool(Pool.Kind.AVERAGE, 2, 2, 0),
                module(28, 8, 6, 12, 5, 9, 3),
                head(32));
    }

    private static Layer module(int in, int straight, int reduce3, int branch3, int reduce5, int branch5, int pool) {
        return Fork.concat(
                Chain.of(Conv.pointwise(in, straight, false), batchNorm(straight), RELU),
                reduced(in, reduce3, branch3, 3),
                reduced(in, reduce5, branch5, 5),
                Chain.of(new Pool(Pool.Kind.MAX, 3, 1, 1), Conv.pointwise(in, pool, false), batchNorm(pool), RELU));
    }

    private static Layer reduced(int in, int reduce, int out, int kernel) {
        return Chain.of(
                Conv.pointwise(in, reduce, false),
                batchNorm(reduce),
                RELU,
                Conv.same(reduce, out, kernel, 1, 1, false),
                batchNorm(out),
                RELU);
    }
}
