package dev.narrows.tradeoff;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Measure;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Studies with a truth that is known: an image is right where a normal score of it is positive, the sum of what
 * variant, image, seed, and these together bring. The true accuracy of a variant is then a value of the normal
 * distribution.
 */
final class SimulatedStudy {
    /** Shares of the variance of the score: images are much more unlike than variants are at the same image. */
    private static final double OF_IMAGE = Math.sqrt(0.7);

    private static final double OF_VARIANT_AND_IMAGE = Math.sqrt(0.12);
    private static final double OF_ALL = Math.sqrt(0.18);

    static final Environment ENVIRONMENT = new Environment("host", "processor", "cpu", "fp32", 1, "simulated");
    private static final DataSpec DATA =
            new DataSpec("simulated", Optional.empty(), Optional.empty(), Optional.empty(), 0);
    private static final Training TRAINING = new Training(
            1,
            32,
            Precision.FP32,
            new Optimizer.Sgd(0.9, false, 0),
            Schedule.CONSTANT,
            0.1,
            0,
            0,
            0,
            new Augmentation(0, false),
            Loss.CROSS_ENTROPY,
            0);

    private final double[] levels;
    private final double[] seedDeviations;
    private final double commonSeedDeviation;
    private final int seeds;
    private final int images;

    /**
     * Of variants by their order.
     *
     * @param levels the mean score of each, in standard deviations of all that is random but seeds
     * @param seedDeviations of the score of each from seed to seed
     * @param common deviation of what a seed does to all variants alike
     */
    SimulatedStudy(double[] levels, double[] seedDeviations, double common, int seeds, int images) {
        this.levels = levels;
        this.seedDeviations = seedDeviations;
        this.commonSeedDeviation = common;
        this.seeds = seeds;
        this.images = images;
    }

    /** Variants of equal seed variance. */
    static SimulatedStudy of(int variants, double seedDeviation, double common, int seeds, int images) {
        double[] levels = new double[variants];
        double[] deviations = new double[variants];
        for (int v = 0; v < variants; v++) {
            // From 84 to 89 % of the images.
            levels[v] = 1 + 0.25 * v / (variants - 1);
            deviations[v] = seedDeviation;
        }
        return new SimulatedStudy(levels, deviations, common, seeds, images);
    }

    /** The expected accuracy over seeds and images. */
    double truth(int variant) {
        double variance = 1 + Math.pow(seedDeviations[variant], 2) + Math.pow(commonSeedDeviation, 2);
        return new NormalDistribution().cumulativeProbability(levels[variant] / Math.sqrt(variance));
    }

    /** Results of one such study. */
    List<VariantSummary> run(long number) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(number);
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] ofSeed = new double[seeds];
        for (int s = 0; s < seeds; s++) {
            ofSeed[s] = commonSeedDeviation * normal.sample();
        }
        double[] ofImage = new double[images];
        for (int i = 0; i < images; i++) {
            ofImage[i] = OF_IMAGE * normal.sample();
        }
        List<VariantSummary> summaries = new ArrayList<>();
        for (int v = 0; v < levels.length; v++) {
            double[] ofVariant = new double[images];
            for (int i = 0; i < images; i++) {
                ofVariant[i] = levels[v] + ofImage[i] + OF_VARIANT_AND_IMAGE * normal.sample();
            }
            List<TrialRow> rows = new ArrayList<>();
            for (int s = 0; s < seeds; s++) {
                double shift = ofSeed[s] + seedDeviations[v] * normal.sample();
                BitSet hits = new BitSet(images);
                for (int i = 0; i < images; i++) {
                    hits.set(i, ofVariant[i] + shift + OF_ALL * normal.sample() > 0);
                }
                rows.add(row(v, s, hits, images));
            }
            summaries.add(summary(v, rows));
        }
        return summaries;
    }

    static VariantSummary summary(int variant, List<TrialRow> rows) {
        return VariantSummary.ofRows(rows, List.of(), Measure.VALIDATION_ACCURACY)
                .get(0);
    }

    static TrialRow row(int variant, long seed, BitSet hits, int images) {
        return row(variant, seed, hits, (double) hits.cardinality() / images, new Settings(Map.of("knob", variant)));
    }

    static TrialRow row(int variant, long seed, BitSet hits, double accuracy, Settings settings) {
        return row(variant, seed, settings, completed("t" + variant + "s" + seed, accuracy, hits));
    }

    /** Row of a trial, whose id is the result's. */
    static TrialRow row(int variant, long seed, Settings settings, TrialResult result) {
        return new TrialRow(
                new TrialDescription(
                        result.trialId(),
                        "simulated",
                        "v" + variant,
                        "variant " + variant,
                        "plain",
                        settings,
                        new Shape(1, 1, 1),
                        2,
                        seed,
                        new Cost(100L * (variant + 1), 1000L * (variant + 1), 10, 1),
                        null,
                        null,
                        TRAINING,
                        DATA,
                        "f"),
                result);
    }

    /** Row of a trial of one epoch. */
    static TrialResult completed(String id, double accuracy, @Nullable BitSet hits) {
        Epoch epoch = new Epoch(1, 1, 0.5, 1, accuracy, null, 0.1, null, 1, 1, null);
        return new TrialResult(
                id,
                Outcome.COMPLETED,
                null,
                List.of(epoch),
                null,
                null,
                null,
                hits,
                null,
                1.0,
                1.0,
                null,
                null,
                null,
                ENVIRONMENT,
                null,
                0,
                1);
    }

    /** The mean over so many studies. */
    static double mean(int studies, java.util.function.LongToDoubleFunction value) {
        return LongStream.range(0, studies)
                .parallel()
                .mapToDouble(value)
                .average()
                .orElse(Double.NaN);
    }

    /** The share of so many studies in which an interval holds the truth. */
    static double coverage(int studies, java.util.function.LongPredicate holds) {
        return (double) LongStream.range(0, studies).parallel().filter(holds).count() / studies;
    }

    @Override
    public String toString() {
        return "%d variants, %d seeds, seed deviation %.2f, common %.2f"
                .formatted(levels.length, seeds, seedDeviations[0], commonSeedDeviation);
    }
}
