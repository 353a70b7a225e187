package dev.narrows.engine;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.gpu.Nvml;
import dev.narrows.net.Layer;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.program.Weights;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.trial.Environment;
import dev.narrows.trial.LatencyRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Measures how long folded networks take to answer. Nothing else may run beside it.
 *
 * <p>The samples of each network are taken in many short rounds over all of them, so that a slow minute of the host
 * falls on all alike; each round goes in an order of its own, so that none always follows the same neighbour. In each
 * round a network is loaded anew: where its tensors happen to lie in memory moves its latency by some percent, and so
 * that luck is averaged too. A reference kernel is timed before each network in each round. On a GPU its clock, and
 * what disturbs it, are read after each network in each round, outside of the calls that are timed. What was tried,
 * with figures, is in the decision page {@code latency}.
 */
public final class LatencyProbe {
    /**
     * Rounds over all targets: each gets its time in so many pieces. What slows a virtual machine comes in bursts of
     * tens to hundreds of milliseconds, about as long as a piece: longer ones would lie in a burst whole.
     */
    private static final int ROUNDS = 24;

    private static final long ORDER_SEED = 20_261_125;

    private final Engine engine;

    public LatencyProbe(Engine engine) {
        this.engine = engine;
    }

    /** A network to be probed. */
    public record Target(String variantId, String variant, Layer network, dev.narrows.net.Shape input)
            implements Serializable {}

    /**
     * One row a target, runtime and batch size, in that order.
     *
     * @param progress told how many probes are done of {@link #steps}
     * @param measured given each row when its last sample has been taken, which is in the last round; its latency in
     *     multiples of the reference kernel goes by the samples of that kernel so far
     * @param lost given a sentence on each row that there will not be, because the network cannot be run so
     * @throws CancellationException where the thread was interrupted
     * @throws IllegalArgumentException where a runtime is not there
     */
    public List<LatencyRow> measure(
            List<Target> targets,
            LatencySpec spec,
            String device,
            IntConsumer progress,
            Consumer<LatencyRow> measured,
            Consumer<String> lost) {
        missing(spec.runtimes()).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        List<List<LatencySamples>> samples = new ArrayList<>();
        for (Target target : targets) {
            List<LatencySamples> ofTarget = new ArrayList<>();
            for (LatencyRuntime runtime : spec.runtimes()) {
                for (int batchSize : spec.batchSizes()) {
                    ofTarget.add(new LatencySamples(target, runtime, batchSize));
                }
            }
            samples.add(ofTarget);
        }
        OptionalInt gpu = Engine.gpuNumber(device);
        try (PtNDManager manager = engine.manager(device);
                ReferenceKernel reference = new ReferenceKernel(manager)) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(ORDER_SEED);
            int done = 0;
            Set<LatencySamples> without = new HashSet<>();
            for (int round = 1; round <= ROUNDS; round++) {
                double until = (double) round / ROUNDS;
                for (int next : order(targets.size(), random)) {
                    Target target = targets.get(next);
                    // Latency does not depend on what the weights are.
                    Weights weights = Initialisation.of(Lowering.of(target.network(), target.input()), 0);
                    for (LatencySamples probe : samples.get(next)) {
                        if (Thread.currentThread().isInterrupted()) {
                            throw new CancellationException("Cancelled while latency was measured");
                        }
                        if (!without.contains(probe)) {
                            reference.sample(probe.references());
                            attempt(() -> take(deploy(manager, weights, probe, device), probe, spec, until, gpu))
                                    .ifPresent(reason -> {
                                        without.add(probe);
                                        lost.accept(probe.lost(reason));
                                    });
                        }
                        if (round == ROUNDS && !without.contains(probe)) {
                            measured.accept(probe.row(environment(probe.runtime(), device), reference.p10Micros()));
                        }
                        progress.accept(++done);
                    }
                }
            }
            return samples.stream()
                    .flatMap(List::stream)
                    .filter(probe -> !without.contains(probe))
                    .map(probe -> probe.row(environment(probe.runtime(), device), reference.p10Micros()))
                    .toList();
        }
    }

    private static void take(Deployed deployed, LatencySamples probe, LatencySpec spec, double until, OptionalInt gpu) {
        try (deployed) {
            probe.take(deployed, spec, until);
            gpu.ifPresent(number -> probe.on(Nvml.state(number)));
        }
    }

    /** The reason why a network cannot be run so: too large a batch for the memory, or an operation that is missing. */
    private static Optional<Throwable> attempt(Runnable taking) {
        try {
            taking.run();
            return Optional.empty();
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private static int[] order(int targets, UniformRandomProvider random) {
        int[] order = PermutationSampler.natural(targets);
        PermutationSampler.shuffle(random, order);
        return order;
    }

    private Deployed deploy(PtNDManager manager, Weights weights, LatencySamples probe, String device) {
        Target target = probe.target();
        return switch (probe.runtime()) {
            case TORCH -> new TorchDeployed(manager, target.network(), target.input(), weights, probe.batchSize());
            case ONNX ->
                new OnnxDeployed(
                        target.network(),
                        target.input(),
                        weights,
                        probe.batchSize(),
                        device,
                        environment(LatencyRuntime.TORCH, device).threads());
        };
    }

    private Environment environment(LatencyRuntime runtime, String device) {
        Environment environment = engine.environment(device, Precision.FP32);
        return switch (runtime) {
            case TORCH -> environment;
            case ONNX ->
                new Environment(
                        environment.host(),
                        environment.processor(),
                        environment.device(),
                        environment.precision(),
                        environment.threads(),
                        environment.versions() + ";onnxruntime=" + new OnnxRuntime().version(),
                        environment.gpu());
        };
    }

    /** Reason why a study cannot be measured in these runtimes in this process; empty if it can. */
    public static Optional<String> missing(List<LatencyRuntime> runtimes) {
        if (!runtimes.contains(LatencyRuntime.ONNX)) {
            return Optional.empty();
        }
        return OnnxRuntime.isOnClassPath()
                ? Optional.empty()
                : Optional.of("Cannot measure latency in onnx: ONNX Runtime is not on the class path; add the jar of"
                        + " com.microsoft.onnxruntime:onnxruntime (spark-submit --jars, or NARROWS_CLASSPATH),"
                        + " or leave onnx out of latency.runtimes");
    }

    /** Number of steps that {@code progress} of {@link #measure} is told about. */
    public static int steps(int targets, LatencySpec spec) {
        return ROUNDS * targets * spec.batchSizes().size() * spec.runtimes().size();
    }
}
