package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.family.Settings;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.ImageClasses;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of images, from which all intervals come. */
class ImageScoresTest {
    private static TrialRow masks() {
        return SimulatedMasks.of(2, 0.1, 1, 200).run(7).get(0).chosen().get(0);
    }

    private static double mean(double[] scores) {
        return Arrays.stream(scores).average().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(
            value = Measure.class,
            names = {"VALIDATION_ACCURACY", "VALIDATION_BALANCED_ACCURACY", "VALIDATION_MEAN_IOU", "VALIDATION_DICE"})
    void theirMeanIsTheMeasure(Measure measure) {
        TrialRow row = masks();
        assertThat(ImageScores.missing(row, measure)).isEmpty();
        assertThat(mean(ImageScores.of(row, measure))).isCloseTo(Quality.of(row, measure), within(1e-12));
    }

    /** In resamples of the images, means of scores are nearly the measure of the drawn images. */
    @ParameterizedTest
    @EnumSource(
            value = Measure.class,
            names = {"VALIDATION_ACCURACY", "VALIDATION_BALANCED_ACCURACY", "VALIDATION_MEAN_IOU", "VALIDATION_DICE"})
    void aResampleOfScoresIsNearlyThatOfTheCounts(Measure measure) {
        TrialRow row = masks();
        double[] scores = ImageScores.of(row, measure);
        int images = scores.length;
        double[][] shared = new double[images][3];
        double[][] truth = new double[images][3];
        double[][] found = new double[images][3];
        ImageCounts counts = row.result().validationCounts();
        assertThat(counts).isNotNull();
        counts.each((image, label, both, ofTruth, ofFound) -> {
            shared[image][label] = both;
            truth[image][label] = ofTruth;
            found[image][label] = ofFound;
        });
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        int draws = 2000;
        double[] exact = new double[draws];
        double[] linear = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            double[] ofShared = new double[3];
            double[] ofTruth = new double[3];
            double[] ofFound = new double[3];
            for (int i = 0; i < images; i++) {
                int image = random.nextInt(images);
                linear[draw] += scores[image] / images;
                for (int label = 0; label < 3; label++) {
                    ofShared[label] += shared[image][label];
                    ofTruth[label] += truth[image][label];
                    ofFound[label] += found[image][label];
                }
            }
            exact[draw] = SimulatedMasks.measure(measure, ofTruth, ofShared, ofFound);
        }
        double between = 0;
        for (int draw = 0; draw < draws; draw++) {
            between += Math.pow(exact[draw] - linear[draw], 2) / draws;
        }
        double deviation = Math.sqrt(Contrast.variance(exact));
        assertThat(Math.sqrt(between)).isLessThan(0.1 * deviation);
        assertThat(Math.sqrt(Contrast.variance(linear)) / deviation).isCloseTo(1, within(0.03));
    }

    @Test
    void imagesOfOneSizeCountByTheirOwnShareOfRightPositions() {
        ImageCounts counts = ImageCounts.builder(2, 2)
                .add(new int[] {6, 2}, new int[] {1, 1}, new int[] {7, 3})
                .add(new int[] {3, 0}, new int[] {5, 2}, new int[] {5, 5})
                .build();
        TrialRow row = SimulatedMasks.row(0, 0, counts);
        assertThat(ImageScores.of(row, Measure.VALIDATION_ACCURACY))
                .containsExactly(new double[] {0.8, 0.3}, within(1e-12));
    }

    /** IoU of class 0 is 9 / 17 and of class 1 2 / 8; an image's score differs from their mean by its own part. */
    @Test
    void scoresOfOverlapAreThoseOfTheFormula() {
        ImageCounts counts = ImageCounts.builder(3, 2)
                .add(new int[] {6, 2, 0}, new int[] {1, 1, 0}, new int[] {7, 3, 0})
                .add(new int[] {3, 0, 0}, new int[] {5, 2, 0}, new int[] {5, 5, 0})
                .build();
        TrialRow row = SimulatedMasks.row(0, 0, counts);
        double one = 9.0 / 18;
        double other = 2.0 / 11;
        double measure = (one + other) / 2;
        // Of the first image, unions of 8 and 4; of the second, 10 and 7.
        double first = measure + 2.0 / 2 * ((6 - one * 8) / 18 + (2 - other * 4) / 11);
        double second = measure + 2.0 / 2 * ((3 - one * 10) / 18 + (0 - other * 7) / 11);
        assertThat(ImageScores.of(row, Measure.VALIDATION_MEAN_IOU))
                .containsExactly(new double[] {first, second}, within(1e-12));
    }

    private static TrialRow labels(@Nullable BitSet hits, @Nullable ImageClasses classes, double accuracy) {
        return SimulatedStudy.row(
                0,
                0,
                new Settings(Map.of()),
                new TrialResult(
                        "t",
                        Outcome.COMPLETED,
                        null,
                        List.of(new Epoch(1, 1, 0.5, 1, accuracy, null, 0.1, null, 1, 1, null)),
                        null,
                        null,
                        null,
                        0.625,
                        null,
                        hits,
                        classes,
                        null,
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
                        null));
    }

    @Test
    void balancedAccuracyOfLabelsTakesTheClassesOfTheImages() {
        BitSet hits = BitSet.valueOf(new byte[] {0b10111});
        ImageClasses classes = ImageClasses.of(new int[] {0, 0, 0, 0, 1, 1});
        TrialRow row = labels(hits, classes, 4.0 / 6);
        double[] scores = ImageScores.of(row, Measure.VALIDATION_BALANCED_ACCURACY);
        assertThat(mean(scores)).isCloseTo((0.75 + 0.5) / 2, within(1e-12));
        assertThat(scores[0]).isCloseTo(0.625 + 6.0 / 2 * 0.25 / 4, within(1e-12));
        assertThat(scores[5]).isCloseTo(0.625 - 6.0 / 2 * 0.5 / 2, within(1e-12));
        assertThat(ImageScores.of(row, Measure.VALIDATION_ACCURACY)).containsExactly(1, 1, 1, 0, 1, 0);
    }

    @Test
    void rowsOfEarlierVersionsSayWhatTheyLack() {
        ImageCounts counts = ImageCounts.builder(1, 1)
                .add(new int[] {1}, new int[] {0}, new int[] {1})
                .build();
        TrialRow masks = SimulatedStudy.row(0, 0, new Settings(Map.of()), SimulatedMasks.completed("m", counts, null));
        assertThat(ImageScores.missing(masks, Measure.VALIDATION_MEAN_IOU))
                .hasValue("trial m kept no counts of its validation images, as those of older versions did not");
        BitSet hits = BitSet.valueOf(new byte[] {0b10111});
        assertThat(ImageScores.missing(labels(hits, null, 0.5), Measure.VALIDATION_BALANCED_ACCURACY))
                .hasValue("trial t kept no classes of its validation images, as those of older versions did not");
        assertThat(ImageScores.missing(labels(hits, null, 0.5), Measure.VALIDATION_ACCURACY))
                .isEmpty();
    }
}
