package dev.narrows.benchmarks.forms;

import dev.narrows.benchmarks.Variant;
import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Flatten;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network for images of {@link Variant#INPUT} whose steps are timed: a variant of the other benchmark, or a small one
 * that is mostly convolutions of a shape that some rule is about.
 *
 * @param word its name in arguments and tables
 */
record StudiedNetwork(String word, Layer network) {
    /** Rows of what the last pooling of a small network leaves. */
    private static final int POSITIONS = 7;

    /** All networks, the variants first. */
    static List<StudiedNetwork> all() {
        List<StudiedNetwork> all = new ArrayList<>(Arrays.stream(Variant.values())
                .map(variant -> new StudiedNetwork(variant.word(), variant.network()))
                .toList());
        all.addAll(List.of(
                depthwise(5, 28, 32),
                depthwise(5, 14, 64),
                depthwise(7, 28, 32),
                depthwise(7, 14, 64),
                shape("depthwise-stride-2", 1, 64, List.of(separable(64, 3, 2), separable(64, 3, 2))),
                groups(4),
                groups(8),
                middles(16, 4),
                middles(32, 8),
                shape(
                        "odd-widths",
                        1,
                        12,
                        List.of(conv(12, 20, 3, 1, 1), conv(20, 28, 1, 1, 1), conv(28, 12, 3, 1, 1)))));
        return List.copyOf(all);
    }

    private static StudiedNetwork depthwise(int kernel, int side, int width) {
        return shape(
                "depthwise-%dx%d-at-%d".formatted(kernel, kernel, side),
                Variant.INPUT.height() / side,
                width,
                List.of(separable(width, kernel, 1), separable(width, kernel, 1)));
    }

    private static StudiedNetwork groups(int channels) {
        int width = 32;
        return shape(
                "groups-of-" + channels,
                1,
                width,
                List.of(conv(width, width, 3, 1, width / channels), conv(width, width, 3, 2, width / channels)));
    }

    /** Two bottlenecks without a residual. */
    private static StudiedNetwork middles(int width, int middle) {
        List<List<Layer>> body =
                List.of(conv(width, middle, 1, 1, 1), conv(middle, middle, 3, 1, 1), conv(middle, width, 1, 1, 1));
        List<List<Layer>> twice = new ArrayList<>(body);
        twice.addAll(body);
        return shape("middles-of-" + middle, 1, width, twice);
    }

    private static StudiedNetwork shape(String word, int stride, int width, List<List<Layer>> bodies) {
        List<Layer> layers = new ArrayList<>(conv(Variant.INPUT.channels(), width, 3, stride, 1));
        // One part of the tree, within which rules follow layers.
        bodies.forEach(layers::addAll);
        // So shallow a network learns fast only with positions left to tell apart.
        layers.add(new AdaptivePool(POSITIONS));
        layers.add(new Flatten());
        long features =
                Chain.of(layers.toArray(Layer[]::new)).output(Variant.INPUT).elements();
        layers.add(new Linear(Math.toIntExact(features), Variant.CLASSES, true));
        return new StudiedNetwork(word, Chain.of(layers.toArray(Layer[]::new)));
    }

    /** A depthwise and a 1x1 convolution. */
    private static List<Layer> separable(int width, int kernel, int stride) {
        List<Layer> layers = new ArrayList<>(conv(width, width, kernel, stride, width));
        layers.addAll(conv(width, width, 1, 1, 1));
        return layers;
    }

    private static List<Layer> conv(int in, int out, int kernel, int stride, int groups) {
        return List.of(
                Conv.same(in, out, kernel, stride, groups, false),
                new Norm(Norm.Kind.BATCH, out),
                new Activation(Activation.Kind.RELU));
    }
}
