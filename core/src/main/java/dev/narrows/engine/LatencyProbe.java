package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.net.Layer;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.torch.Folding;
import dev.narrows.torch.InferenceModule;
import dev.narrows.torch.Initialisation;
import dev.narrows.trial.LatencyRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/**
 * Measures how long folded networks take to answer. Nothing else may run beside it.
 *
 * <p>The samples of each network are taken in several rounds over all of them, so that a slow minute of the host falls
 * on all alike, and a reference kernel is timed in every round.
 */
public final class LatencyProbe {
    /** Rounds over all targets: each gets its time in so many pieces. */
    private static final int ROUNDS = 5;

    /** Warm-up ends when two runs of calls in succession differ by less, or at the latest after its share of time. */
    private static final double STEADY = 0.05;

    /** Calls of a run by which the warm-up is judged. */
    private static final int WARM_CALLS = 10;

    /** At the latest after this share of the shortest probe. */
    private static final double WARM_SHARE = 0.5;

    /** Spread beyond which a row is flagged: the interquartile range over the median. */
    private static final double UNSTABLE = 0.1;

    /** The reference kernel: an fp32 product of square matrices of this side, which fits every cache. */
    private static final int REFERENCE_SIDE = 256;

    private static final int REFERENCE_CALLS = 50;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Engine engine;

    public LatencyProbe(Engine engine) {
        this.engine = engine;
    }

    /** A network to be probed. */
    public record Target(String variantId, String variant, Layer network, dev.narrows.net.Shape input)
            implements Serializable {}

    /**
     * One row a target and batch size, in that order.
     *
     * @param progress told how many probes are done of {@code rounds · targets · batch sizes}
     */
    public List<LatencyRow> measure(List<Target> targets, LatencySpec spec, String device, IntConsumer progress) {
        List<Probe> probes = new ArrayList<>();
        try (PtNDManager manager = engine.manager(device)) {
            Histogram reference = histogram();
            for (Target target : targets) {
                for (int batchSize : spec.batchSizes()) {
                    probes.add(new Probe(manager, target, batchSize));
                }
            }
            int done = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                reference(manager, reference);
                for (Probe probe : probes) {
                    probe.round(spec, round);
                    progress.accept(++done);
                }
            }
            double referenceMicros = reference.getValueAtPercentile(50) / 1e3;
            return probes.stream()
                    .map(probe -> probe.row(device, referenceMicros))
                    .toList();
        } finally {
            probes.forEach(Probe::close);
        }
    }

    /** How many steps {@code progress} of {@link #measure} is told about. */
    public static int steps(int targets, LatencySpec spec) {
        return ROUNDS * targets * spec.batchSizes().size();
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, 3);
    }

    private static void reference(PtNDManager parent, Histogram times) {
        try (PtNDManager manager = (PtNDManager) parent.newSubManager()) {
            NDArray matrix = manager.ones(new Shape(REFERENCE_SIDE, REFERENCE_SIDE), DataType.FLOAT32);
            for (int i = 0; i < 2 * REFERENCE_CALLS; i++) {
                long start = System.nanoTime();
                NDArray product = matrix.matMul(matrix);
                product.getFloat(0, 0);
                long nanos = System.nanoTime() - start;
                product.close();
                // The first half warms up.
                if (i >= REFERENCE_CALLS) {
                    times.recordValue(Math.min(LONGEST_NANOS, nanos));
                }
            }
        }
    }

    /** One network at one batch size, over all rounds. */
    private final class Probe implements AutoCloseable {
        private final Target target;
        private final int batchSize;
        private final Module module;
        private final NDArray images;
        private final Histogram times = histogram();
        private final long startedAt = System.currentTimeMillis();
        private long nanos;
        private boolean warm;

        private Probe(PtNDManager manager, Target target, int batchSize) {
            this.target = target;
            this.batchSize = batchSize;
            // Latency does not depend on what the weights are.
            Folding.Folded folded = Folding.of(target.network(), Initialisation.of(target.network(), 0));
            this.module = new Module(
                    manager,
                    InferenceModule.of(
                            folded.network(), target.input(), folded.weights(), Engine.elementType(Precision.FP32)));
            var shape = target.input();
            NDArray last = module.manager()
                    .ones(new Shape(batchSize, shape.height(), shape.width(), shape.channels()), DataType.FLOAT32);
            this.images = last.transpose(0, 3, 1, 2);
        }

        private long call() {
            try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
                long start = System.nanoTime();
                NDList scores = module.call(manager, "forward", images);
                // Reading a score waits for a device that computes on its own.
                scores.get(0).getFloat(0, 0);
                return System.nanoTime() - start;
            }
        }

        private void warmUp(LatencySpec spec) {
            long limit = (long) (WARM_SHARE * spec.minimumSeconds() * 1e9);
            long start = System.nanoTime();
            double before = Double.MAX_VALUE;
            while (System.nanoTime() - start < limit) {
                long sum = 0;
                for (int i = 0; i < WARM_CALLS; i++) {
                    sum += call();
                }
                if (Math.abs(sum - before) < STEADY * before) {
                    break;
                }
                before = sum;
            }
            warm = true;
        }

        /** Takes samples until this round's share of the time and of the samples is there. */
        private void round(LatencySpec spec, int round) {
            if (!warm) {
                warmUp(spec);
            } else {
                // Other networks have filled the caches since.
                call();
            }
            double share = (double) round / ROUNDS;
            double least = share * spec.minimumSeconds() * 1e9;
            double most = share * spec.maximumSeconds() * 1e9;
            double samples = share * spec.minimumSamples();
            while ((nanos < least || times.getTotalCount() < samples) && nanos < most) {
                long sample = call();
                nanos += sample;
                times.recordValue(Math.min(LONGEST_NANOS, sample));
            }
        }

        private LatencyRow row(String device, double referenceMicros) {
            double median = micros(50);
            double iqr = micros(75) - micros(25);
            return new LatencyRow(
                    target.variantId(),
                    target.variant(),
                    batchSize,
                    times.getTotalCount(),
                    median,
                    micros(90),
                    micros(99),
                    iqr,
                    iqr > UNSTABLE * median,
                    referenceMicros,
                    engine.place(device, Precision.FP32),
                    startedAt);
        }

        private double micros(double percentile) {
            return times.getValueAtPercentile(percentile) / 1e3;
        }

        @Override
        public void close() {
            module.close();
        }
    }
}
