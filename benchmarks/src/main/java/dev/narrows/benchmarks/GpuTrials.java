package dev.narrows.benchmarks;

import dev.narrows.data.Dataset;
import dev.narrows.data.Samples;
import dev.narrows.engine.Engine;
import dev.narrows.engine.TrialRunner;
import dev.narrows.engine.Watch;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Trials of one bottleneck at once in one process, on one GPU, as an executor runs them: images per second of training
 * and of everything, losses, and whether companions changed a bit. Then a series of trials, whose memory is the GPU's
 * to show.
 *
 * <p>Arguments: the device, the precision, epochs, images, and the numbers at once: {@code gpu:0 bf16 4 50000
 * 1,2,4,8,16}.
 */
public final class GpuTrials {
    private static final Shape INPUT = new Shape(3, 32, 32);

    private GpuTrials() {}

    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        String device = arguments[0];
        Precision precision = Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        int epochs = Integer.parseInt(arguments[2]);
        Dataset data = data(Integer.parseInt(arguments[3]));
        List<List<Double>> losses = new ArrayList<>();
        for (String count : arguments[4].split(",", -1)) {
            losses.addAll(together(Integer.parseInt(count), trial(precision, epochs), data, device));
        }
        System.out.printf(
                "losses by epoch %s; the same bits in all %d trials: %s%n",
                losses.get(0), losses.size(), losses.stream().distinct().count() == 1);
    }

    private static List<List<Double>> together(int count, Trial trial, Dataset data, String device)
            throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            long begin = System.nanoTime();
            List<Future<TrialResult>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(
                        threads.submit(() -> new TrialRunner(Engine.start(1)).run(trial, data, device, Watch.none())));
            }
            List<List<Double>> losses = new ArrayList<>();
            double last = 0;
            double sum = 0;
            for (Future<TrialResult> future : running) {
                TrialResult result = future.get();
                if (result.outcome() != Outcome.COMPLETED) {
                    throw new IllegalStateException("%s: %s".formatted(result.outcome(), result.message()));
                }
                losses.add(result.epochs().stream().map(Epoch::trainLoss).toList());
                // The last epoch is timed: all are under way in it.
                last += data.train().size()
                        / result.epochs().get(result.epochs().size() - 1).trainSeconds();
                sum += data.train().size() * (double) result.epochs().size();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%2d at once: %,9.0f images per second in the last epoch, %,9.0f with loading and evaluation%n",
                    count, last, sum / seconds);
            return losses;
        } finally {
            threads.shutdown();
        }
    }

    private static Trial trial(Precision precision, int epochs) {
        Training training = new Training(
                epochs,
                128,
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
        return new Trial(
                "id",
                "variant",
                "study",
                "bottleneck",
                "bottleneck",
                new Settings(Map.of()),
                Variant.network("bottleneck", GpuArchives.WIDE, INPUT),
                INPUT,
                Variant.CLASSES,
                0,
                training,
                new DataSpec("noise", Optional.empty(), Optional.empty(), Optional.empty(), 0));
    }

    private static Dataset data(int images) {
        return new Dataset(
                INPUT,
                IntStream.range(0, Variant.CLASSES).mapToObj(Integer::toString).toList(),
                samples(images, 1),
                samples(1000, 2),
                samples(1000, 3),
                List.of(0.5, 0.5, 0.5),
                List.of(0.25, 0.25, 0.25),
                "noise over patterns");
    }

    /** Noise over a pattern of the class. */
    private static Samples samples(int count, long seed) {
        int length = (int) INPUT.elements();
        byte[][] patterns = new byte[Variant.CLASSES][length];
        for (int c = 0; c < Variant.CLASSES; c++) {
            new Random(c).nextBytes(patterns[c]);
        }
        Random random = new Random(seed);
        ByteBuffer pixels = ByteBuffer.allocateDirect(count * length);
        int[] labels = new int[count];
        byte[] noise = new byte[length];
        for (int n = 0; n < count; n++) {
            labels[n] = n % Variant.CLASSES;
            random.nextBytes(noise);
            for (int i = 0; i < length; i++) {
                pixels.put((byte) (((noise[i] & 0xFF) * 7 + (patterns[labels[n]][i] & 0xFF)) / 8));
            }
        }
        return new Samples(INPUT, pixels.flip(), labels);
    }
}
