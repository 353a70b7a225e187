package dev.narrows.benchmarks.replay;

import dev.narrows.data.random.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Adversarial studies: curves that cross late, and knobs that matter only together. */
final class MadeUpStudies {
    private static final int SEEDS = 3;
    private static final int EPOCHS = 8;
    private static final double NOISE = 0.006;
    private static final int[] WIDTHS = {8, 12, 16, 24, 32, 48};
    private static final int[] DEPTHS = {1, 2, 3, 4};
    private static final double[] RATIOS = {0.125, 0.25, 0.5, 1};

    private MadeUpStudies() {}

    private interface Truth {
        double of(double width, int depth, double ratio, boolean linear);
    }

    /** Slow variants end best: their loss is above that of others until the last quarter. */
    static StoredStudy lateCrossings() {
        return study(
                "late-crossings",
                true,
                (width, depth, ratio, linear) ->
                        0.6 + 0.04 * Math.log(width) + 0.02 * depth + 0.02 * Math.log(ratio) + (linear ? 0.01 : 0));
    }

    /** Depth pays only with a wide middle, and the linear end only with a narrow one: no main effect of the three. */
    static StoredStudy onlyTogether() {
        return study("only-together", false, (width, depth, ratio, linear) -> {
            double wide = ratio >= 0.5 ? 1 : -1;
            double deep = depth >= 3 ? 1 : -1;
            double flat = linear ? 1 : -1;
            return 0.7 + 0.02 * Math.log(width) + 0.02 * wide * deep + 0.015 * wide * flat * deep;
        });
    }

    private static StoredStudy study(String name, boolean crossing, Truth truth) {
        UniformRandomProvider random = Seeds.generator(1, name, 0);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        List<StoredTrial> trials = new ArrayList<>();
        for (int width : WIDTHS) {
            for (int depth : DEPTHS) {
                for (double ratio : RATIOS) {
                    for (boolean linear : new boolean[] {false, true}) {
                        double own = truth.of(width, depth, ratio, linear) + 0.003 * gaussian.sample();
                        for (int seed = 0; seed < SEEDS; seed++) {
                            double quality = own + NOISE * gaussian.sample();
                            trials.add(trial(width, depth, ratio, linear, seed, quality, crossing, gaussian));
                        }
                    }
                }
            }
        }
        return StoredStudy.of(name, trials);
    }

    private static StoredTrial trial(
            int width,
            int depth,
            double ratio,
            boolean linear,
            int seed,
            double quality,
            boolean crossing,
            ZigguratSampler.NormalizedGaussian gaussian) {
        long middle = Math.round(width * ratio * 4) + 1;
        long params = depth * (2L * width * middle + 9 * middle * middle) + 10L * width + (linear ? 0 : width);
        List<Double> losses = new ArrayList<>();
        List<Double> accuracies = new ArrayList<>();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            double done = (double) epoch / EPOCHS;
            double ahead = crossing && epoch <= 0.75 * EPOCHS ? -(quality - 0.7) : quality - 0.7;
            double now = 0.7 + ahead - 0.3 * (1 - done);
            accuracies.add(epoch == EPOCHS ? quality : now + 0.02 * gaussian.sample());
            losses.add(Math.exp(-2 * now) + 0.003 * gaussian.sample());
        }
        return new StoredTrial(
                "w%02d-d%d-r%.3f-%s".formatted(width, depth, ratio, linear),
                "made-up",
                "made-up",
                Map.of("width", width, "depths", depth, "mid-ratio", ratio, "linear", linear),
                params,
                params * (depth + 1) * 49,
                (long) width * depth * 784,
                3 * depth + 2,
                seed,
                losses,
                accuracies,
                null);
    }
}
