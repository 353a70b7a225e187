package dev.narrows.tradeoff;

import dev.narrows.family.Settings;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Studies of images with masks whose truth is known. Images have ground, cells, and some of them a rare third class;
 * images with larger cells are easier. The share of a class's positions that are right is a value of the normal
 * distribution at a score, to which image, variant, seed, and these together bring normal parts.
 */
final class SimulatedMasks {
    private static final int POSITIONS = 400;
    private static final int CLASSES = 3;
    private static final int OF_RARE = 50;
    private static final double USUALLY_RARE = 0.3;
    private static final double EASIER = 0.3;
    private static final double OF_IMAGE = 0.5;
    private static final double OF_VARIANT_AND_IMAGE = 0.2;
    private static final double OF_ALL = 0.3;
    private static final int STEPS = 201;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final double[] levels;
    private final double[] seedDeviations;
    private final int seeds;
    private final int images;
    private final double haveRare;

    /**
     * Of variants by their order.
     *
     * @param levels the mean score of each at an image with cells of the usual size
     * @param seedDeviations of the score of each from seed to seed
     * @param haveRare share of the images that have the rare class
     */
    SimulatedMasks(double[] levels, double[] seedDeviations, int seeds, int images, double haveRare) {
        this.haveRare = haveRare;
        this.levels = levels;
        this.seedDeviations = seedDeviations;
        this.seeds = seeds;
        this.images = images;
    }

    /** Variants of equal seed variance, a little apart in quality. */
    static SimulatedMasks of(int variants, double seedDeviation, int seeds, int images) {
        return of(variants, seedDeviation, seeds, images, USUALLY_RARE);
    }

    /** The same with another share of the images that have the rare class. */
    static SimulatedMasks of(int variants, double seedDeviation, int seeds, int images, double haveRare) {
        double[] levels = new double[variants];
        double[] deviations = new double[variants];
        for (int v = 0; v < variants; v++) {
            levels[v] = 0.9 + 0.3 * v / (variants - 1);
            deviations[v] = seedDeviation;
        }
        return new SimulatedMasks(levels, deviations, seeds, images, haveRare);
    }

    private static int cells(double size) {
        return (int) (POSITIONS * (0.05 + 0.5 * NORMAL.cumulativeProbability(size)));
    }

    /** Positions of each class in an image with cells of a size. */
    private static int[] truth(double size, boolean rare) {
        int cells = cells(size);
        int ofRare = rare ? OF_RARE : 0;
        return new int[] {POSITIONS - cells - ofRare, cells, ofRare};
    }

    /** Adds what is wrong of each class to the class that it is taken for: ground for cells, cells for the others. */
    private static double[] found(double[] truth, double[] shared) {
        return new double[] {
            shared[0] + truth[1] - shared[1], shared[1] + truth[0] - shared[0] + truth[2] - shared[2], shared[2]
        };
    }

    /** The expected measure over seeds, of all images that there could be. */
    double truth(int variant, Measure measure) {
        double spread =
                Math.sqrt(1 + OF_IMAGE * OF_IMAGE + OF_VARIANT_AND_IMAGE * OF_VARIANT_AND_IMAGE + OF_ALL * OF_ALL);
        double mean = 0;
        for (int u = 0; u < STEPS; u++) {
            double shift = seedDeviations[variant] * NORMAL.inverseCumulativeProbability((u + 0.5) / STEPS);
            double[] truth = new double[CLASSES];
            double[] shared = new double[CLASSES];
            for (int g = 0; g < STEPS; g++) {
                double size = NORMAL.inverseCumulativeProbability((g + 0.5) / STEPS);
                double right = NORMAL.cumulativeProbability((levels[variant] + EASIER * size + shift) / spread);
                for (boolean rare : new boolean[] {false, true}) {
                    double weight = rare ? haveRare : 1 - haveRare;
                    int[] positions = truth(size, rare);
                    for (int label = 0; label < CLASSES; label++) {
                        truth[label] += weight * positions[label];
                        shared[label] += weight * positions[label] * right;
                    }
                }
            }
            mean += measure(measure, truth, shared, found(truth, shared)) / STEPS;
        }
        return mean;
    }

    /** A measure by its definition. */
    static double measure(Measure measure, double[] truth, double[] shared, double[] found) {
        double sum = 0;
        double positions = 0;
        double right = 0;
        for (int label = 0; label < CLASSES; label++) {
            positions += truth[label];
            right += shared[label];
            sum += measure == Measure.VALIDATION_MEAN_IOU
                    ? shared[label] / (truth[label] + found[label] - shared[label])
                    : measure == Measure.VALIDATION_DICE
                            ? 2 * shared[label] / (truth[label] + found[label])
                            : shared[label] / truth[label];
        }
        return measure == Measure.VALIDATION_ACCURACY ? right / positions : sum / CLASSES;
    }

    /** Results of one such study. */
    List<VariantSummary> run(long number) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(number);
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] ofImage = new double[images];
        int[][] truths = new int[images][];
        for (int i = 0; i < images; i++) {
            double size = normal.sample();
            truths[i] = truth(size, random.nextDouble() < haveRare);
            ofImage[i] = EASIER * size + OF_IMAGE * normal.sample();
        }
        List<VariantSummary> summaries = new ArrayList<>();
        for (int v = 0; v < levels.length; v++) {
            double[] ofVariant = new double[images];
            for (int i = 0; i < images; i++) {
                ofVariant[i] = levels[v] + ofImage[i] + OF_VARIANT_AND_IMAGE * normal.sample();
            }
            List<TrialRow> rows = new ArrayList<>();
            for (int s = 0; s < seeds; s++) {
                double shift = seedDeviations[v] * normal.sample();
                ImageCounts.Builder counts = ImageCounts.builder(CLASSES, images);
                for (int i = 0; i < images; i++) {
                    double right = NORMAL.cumulativeProbability(ofVariant[i] + shift + OF_ALL * normal.sample());
                    int[] shared = new int[CLASSES];
                    int[] missed = new int[CLASSES];
                    for (int label = 0; label < CLASSES; label++) {
                        // Rounded at random, so that its expectation is exact.
                        shared[label] = (int) (truths[i][label] * right + random.nextDouble());
                        missed[label] = truths[i][label] - shared[label];
                    }
                    counts.add(shared, missed, new int[] {
                        shared[0] + missed[1], shared[1] + missed[0] + missed[2], shared[2]
                    });
                }
                rows.add(row(v, s, counts.build()));
            }
            summaries.add(SimulatedStudy.summary(v, rows));
        }
        return summaries;
    }

    /** Row of a trial with these counts, and the measures that follow from them. */
    static TrialRow row(int variant, long seed, ImageCounts counts) {
        String id = "t" + variant + "s" + seed;
        return SimulatedStudy.row(variant, seed, new Settings(Map.of("knob", variant)), completed(id, counts, counts));
    }

    /**
     * Result of a trial of one epoch.
     *
     * @param kept in its row; null as in rows of earlier versions
     */
    static TrialResult completed(String id, ImageCounts counts, @Nullable ImageCounts kept) {
        long[] shared = new long[counts.classes()];
        long[] truth = new long[counts.classes()];
        long[] found = new long[counts.classes()];
        counts.each((image, label, both, ofTruth, ofFound) -> {
            shared[label] += both;
            truth[label] += ofTruth;
            found[label] += ofFound;
        });
        double right = 0;
        double positions = 0;
        double balanced = 0;
        int present = 0;
        for (int label = 0; label < shared.length; label++) {
            right += shared[label];
            positions += truth[label];
            balanced += truth[label] == 0 ? 0 : (double) shared[label] / truth[label];
            present += truth[label] == 0 ? 0 : 1;
        }
        Epoch epoch =
                new Epoch(1, 1, 0.5, 1, right / positions, null, 0.1, null, 1, 1, Overlap.of(shared, truth, found));
        return new TrialResult(
                id,
                Outcome.COMPLETED,
                null,
                List.of(epoch),
                null,
                null,
                null,
                balanced / present,
                null,
                null,
                null,
                kept,
                null,
                1.0,
                1.0,
                null,
                null,
                null,
                SimulatedStudy.ENVIRONMENT,
                null,
                0,
                1,
                null);
    }
}
