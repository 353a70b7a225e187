package dev.narrows.engine;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Shape;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import org.HdrHistogram.Histogram;

/**
 * The same work on every host and at every moment: how long it takes says how fast the host is just now.
 *
 * <p>It is a small network of its own, because a busy neighbour of a virtual machine slows a network's many short
 * operations by up to 70 % and a matrix product, which waits for nothing but arithmetic, by 25 %.
 */
final class ReferenceKernel implements AutoCloseable {
    private static final Shape INPUT = new Shape(3, 32, 32);
    private static final Layer RELU = new Activation(Activation.Kind.RELU);

    /** A dense 3x3, a residual of 1x1, depthwise and 1x1, and a linear layer: 7.9 million multiply-accumulates. */
    private static final Layer NETWORK = Chain.of(
            Conv.same(3, 32, 3, 1, 1, true),
            RELU,
            Conv.same(32, 64, 3, 2, 1, true),
            RELU,
            Fork.add(
                    Chain.identity(),
                    Chain.of(
                            Conv.same(64, 64, 1, 1, 1, true),
                            RELU,
                            Conv.same(64, 64, 3, 1, 64, true),
                            RELU,
                            Conv.same(64, 64, 1, 1, 1, true))),
            new AdaptivePool(1),
            new Linear(64, 10, true));

    /** The first third warms up: another network has filled the caches since. */
    private static final int CALLS = 12;

    private final Deployed network;
    private final Histogram all = LatencySamples.histogram();

    ReferenceKernel(PtNDManager manager) {
        network = new TorchDeployed(manager, NETWORK, INPUT, Initialisation.of(Lowering.of(NETWORK, INPUT), 0), 1);
    }

    /** Some calls now, into what is kept beside one network too. */
    void sample(Histogram beside) {
        for (int i = 0; i < CALLS; i++) {
            long nanos = LatencySamples.time(network);
            if (i >= CALLS / 3) {
                beside.recordValue(nanos);
                all.recordValue(nanos);
            }
        }
    }

    /** The 10th percentile of all calls so far, in microseconds. */
    double p10Micros() {
        return LatencySamples.micros(all, 10);
    }

    @Override
    public void close() {
        network.close();
    }
}
