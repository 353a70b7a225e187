package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;
import java.util.List;

/**
 * How fast trials train on one thread, for predictions: a time a multiply-accumulate, as convolutions need, and one a
 * convolution output, as norms, activations and additions need, which wait for memory.
 *
 * <p>Training an image is three forward passes: its own, and the gradients of weights and of inputs. Whoever has seen
 * trials end should ask {@link #learned}: processors differ by more than networks do.
 *
 * @param macsPerSecond multiply-accumulates of a forward pass a second
 * @param activationsPerSecond convolution outputs of a forward pass a second
 * @param secondsPerTrial to write, load and warm up a network
 */
public record TrainingRate(double macsPerSecond, double activationsPerSecond, double secondsPerTrial) {
    private static final int PASSES = 3;

    /**
     * Images of a trial.
     *
     * @param validation seen once an epoch
     * @param test seen once
     */
    public record Images(int train, int validation, int test) {}

    /** A trial that has ended: what was predicted for it and how long it took, in seconds. */
    public record Ended(double predictedSeconds, double seconds) {}

    /** @throws IllegalArgumentException where a rate is not positive */
    public TrainingRate {
        if (!(macsPerSecond > 0) || !(activationsPerSecond > 0) || !(secondsPerTrial >= 0)) {
            throw new IllegalArgumentException(
                    "Cannot predict with %s macs and %s activations a second and %s s a trial"
                            .formatted(macsPerSecond, activationsPerSecond, secondsPerTrial));
        }
    }

    /**
     * As seen on one thread of a Xeon with AVX-512 in bf16, at 28x28 and batch 128, on eleven networks of 0.01 to 0.3 M
     * parameters: plain convolutions came within a quarter, depthwise ones and forks took up to twice as long.
     */
    public static TrainingRate usual(Precision resolved) {
        return switch (resolved) {
            case BF16, FP16 -> new TrainingRate(60e9, 0.4e9, 0.2);
            case AUTO, FP32 -> new TrainingRate(80e9, 0.45e9, 0.2);
        };
    }

    /** Wall seconds of one trial that has a thread to itself. */
    public double seconds(Cost cost, Training training, Images images) {
        double forward = cost.macs() / macsPerSecond + cost.activations() / activationsPerSecond;
        double trained = (double) PASSES * training.epochs() * images.train();
        double judged = (double) training.epochs() * images.validation() + images.test();
        double seconds = secondsPerTrial + forward * (trained + judged);
        return training.timeLimitSeconds() > 0 ? Math.min(seconds, training.timeLimitSeconds()) : seconds;
    }

    /**
     * The same rates as far off as the trials that have ended were: each is scaled by the median of what they took to
     * what was predicted by this. Without any, this.
     */
    public TrainingRate learned(List<Ended> ended) {
        double[] ratios = ended.stream()
                .filter(trial -> trial.predictedSeconds() > 0 && trial.seconds() > 0)
                .mapToDouble(trial -> trial.seconds() / trial.predictedSeconds())
                .sorted()
                .toArray();
        if (ratios.length == 0) {
            return this;
        }
        int middle = ratios.length / 2;
        double median = ratios.length % 2 == 1 ? ratios[middle] : Math.sqrt(ratios[middle - 1] * ratios[middle]);
        return new TrainingRate(macsPerSecond / median, activationsPerSecond / median, secondsPerTrial * median);
    }
}
