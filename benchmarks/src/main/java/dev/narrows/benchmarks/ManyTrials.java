package dev.narrows.benchmarks;

import dev.narrows.data.Dataset;
import dev.narrows.data.Samples;
import dev.narrows.engine.Engine;
import dev.narrows.engine.Host;
import dev.narrows.engine.TrialRunner;
import dev.narrows.engine.Watch;
import dev.narrows.family.Settings;
import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A thousand tiny trials in one process: resident memory must not grow by more than 5 % after the first 50, a trial's
 * fixed cost stays under 150 ms, and little of a step is spent outside the engine. Exits with 1 where memory grew.
 *
 * <p>An argument names the precision, {@code fp32} or {@code bf16}; without one it is what a study's {@code auto}
 * means.
 */
public final class ManyTrials {
    private static final int TRIALS = 1000;
    private static final int SETTLED = 50;
    private static final double GROWTH = 0.05;
    private static final int CLASSES = 10;
    private static final Shape INPUT = new Shape(1, 28, 28);

    private ManyTrials() {}

    public static void main(String[] arguments) throws IOException {
        Precision precision = Host.resolve(
                arguments.length == 0 ? Precision.AUTO : Precision.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        TrialRunner runner = new TrialRunner(Engine.start(1));
        Dataset data = data();
        long settled = 0;
        long resident = 0;
        double setup = 0;
        double outside = 0;
        for (int i = 1; i <= TRIALS; i++) {
            TrialResult result = runner.run(trial(i, precision), data, "cpu", Watch.none());
            Double setupSeconds = result.setupSeconds();
            Double outsideShare = result.outsideShare();
            if (result.outcome() != Outcome.COMPLETED || setupSeconds == null || outsideShare == null) {
                throw new IllegalStateException(
                        "Trial %d ended %s: %s".formatted(i, result.outcome(), result.message()));
            }
            setup += i > 1 ? setupSeconds : 0;
            outside += i > SETTLED ? outsideShare : 0;
            if (i == SETTLED || i == TRIALS || i % 200 == 0) {
                resident = resident();
                settled = i == SETTLED ? resident : settled;
                System.out.printf("%5d trials: %,7d MiB resident%n", i, resident >> 20);
            }
        }
        double growth = (double) resident / settled - 1;
        System.out.printf(
                "%s: growth %.1f %%; setup %.1f ms a trial; %.1f %% of a step outside the engine%n",
                precision.name().toLowerCase(Locale.ROOT),
                100 * growth,
                1000 * setup / (TRIALS - 1),
                100 * outside / (TRIALS - SETTLED));
        if (growth > GROWTH) {
            System.exit(1);
        }
    }

    private static Trial trial(int seed, Precision precision) {
        // A width of its own, so that no two networks are alike.
        int width = 4 + seed % 13;
        Layer network = Chain.of(
                Conv.same(1, width, 3, 2, 1, false),
                new Norm(Norm.Kind.BATCH, width),
                new Activation(Activation.Kind.RELU),
                new AdaptivePool(1),
                new Linear(width, CLASSES, true));
        Training training = new Training(
                1,
                64,
                precision,
                new Optimizer.Sgd(0.9, true, 5e-4),
                Schedule.COSINE,
                0.05,
                0,
                0,
                0,
                new Augmentation(2, true),
                Loss.CROSS_ENTROPY,
                0);
        DataSpec spec = new DataSpec("noise", Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return new Trial(
                "id" + seed,
                "variant" + seed,
                "study",
                "label",
                "family",
                new Settings(Map.of()),
                network,
                INPUT,
                CLASSES,
                seed,
                training,
                spec);
    }

    private static Dataset data() {
        return new Dataset(
                INPUT,
                IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList(),
                samples(256),
                samples(64),
                samples(64),
                List.of(0.5),
                List.of(0.25),
                "noise");
    }

    private static Samples samples(int count) {
        byte[] pixels = new byte[count * (int) INPUT.elements()];
        new Random(count).nextBytes(pixels);
        int[] labels = IntStream.range(0, count).map(i -> i % CLASSES).toArray();
        return new Samples(
                INPUT, ByteBuffer.allocateDirect(pixels.length).put(pixels).flip(), labels);
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
