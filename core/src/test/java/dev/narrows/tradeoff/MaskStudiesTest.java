package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.family.Settings;
import dev.narrows.results.EffectRow;
import dev.narrows.results.MeasuredDifference;
import dev.narrows.results.TrialRow;
import dev.narrows.results.VariantRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.tradeoff.OpenQuestion.About;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.tradeoff.answer.Sentence;
import dev.narrows.trial.ImageCounts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A study of images with masks has intervals, chances and open questions by its measure of quality. */
class MaskStudiesTest {
    private static final int IMAGES = 200;

    private static StudyResults results(List<TrialRow> rows) {
        return new StudyResults(
                "simulated",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                rows,
                List.of(),
                new StudyResults.ResultsSource("results/simulated", "study.conf", false, List.of()));
    }

    private static StudyResults results(int seeds) {
        return results(SimulatedMasks.of(5, 0.05, seeds, IMAGES).run(5).stream()
                .flatMap(summary -> summary.chosen().stream())
                .toList());
    }

    @Test
    void theTablesHaveIntervalsOfMeanIou() {
        StudyResults results = results(3);
        List<VariantSummary> summaries = results.summaries();
        Conclusions conclusions = Conclusions.of(results);
        assertThat(conclusions.pairs()).hasSize(5 * 4).allSatisfy(pair -> {
            MeasuredDifference told = pair.difference();
            assertThat(told.value()).isEqualTo(iou(summaries, pair.variant()) - iou(summaries, pair.other()));
            assertThat(told.low()).isLessThan(told.value());
            assertThat(told.images()).isEqualTo(IMAGES);
            assertThat(told.reason()).isNull();
        });
        assertThat(conclusions.effects())
                .filteredOn(row -> row.quality() != null)
                .isNotEmpty()
                .extracting(EffectRow::measure)
                .containsOnly(Measure.VALIDATION_MEAN_IOU);
        assertThat(conclusions.variants())
                .extracting(VariantRow::frontProbability)
                .doesNotContainNull();
        assertThat(conclusions.variants().stream()
                        .mapToDouble(row -> Objects.requireNonNull(row.bestProbability()))
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    /** As after a settling that gave further seeds to a few variants: the mean is over those, and says so. */
    @Test
    void aMeanOverPairsCountsThosePairsAlone() {
        List<VariantSummary> summaries = results(3).summaries();
        Certainty certainty = Certainty.of(summaries, Measure.VALIDATION_MEAN_IOU);
        Certainty.Pair whole = new Certainty.Pair(summaries.get(0), summaries.get(1));
        VariantSummary single =
                SimulatedStudy.summary(2, summaries.get(2).chosen().subList(0, 1));
        Certainty.Pair bySingle = new Certainty.Pair(single, summaries.get(3));
        List<Certainty.Pair> pairs = List.of(bySingle, whole);
        assertThat(certainty.counting(pairs)).containsExactly(whole);
        assertThat(certainty.mean(pairs)).isEqualTo(certainty.between(whole.of(), whole.against()));
        assertThat(certainty.counting(List.of(bySingle))).containsExactly(bySingle);
    }

    /** A network that finds none of the rare class may have more positions right, and a smaller overlap. */
    @Test
    void theBestTrainingIsTheOneOfTheLargestOverlap() {
        ImageCounts blank = ImageCounts.builder(2, 1)
                .add(new int[] {90, 0}, new int[] {0, 10}, new int[] {100, 0})
                .build();
        ImageCounts finding = ImageCounts.builder(2, 1)
                .add(new int[] {75, 10}, new int[] {15, 0}, new int[] {75, 25})
                .build();
        StudyResults results = results(List.of(masks("blank", blank), masks("finding", finding)));
        VariantSummary summary = results.summaries().get(0);
        assertThat(summary.trials())
                .extracting(row -> row.result().finalValidationAccuracy())
                .containsExactly(0.9, 0.85);
        assertThat(summary.chosen()).extracting(TrialRow::trialId).containsExactly("finding");
        assertThat(summary.accuracy()).isEqualTo(0.85);
    }

    private static TrialRow masks(String id, ImageCounts counts) {
        return SimulatedStudy.row(0, 0, new Settings(Map.of()), SimulatedMasks.completed(id, counts, counts));
    }

    private static double iou(List<VariantSummary> summaries, String label) {
        return summaries.stream()
                .filter(summary -> summary.label().equals(label))
                .findFirst()
                .orElseThrow()
                .measure(Measure.VALIDATION_MEAN_IOU);
    }

    @Test
    void sentencesNameTheMeasure() {
        Answer answer = Answer.of(results(3));
        assertThat(answer.quality()).hasValue(Measure.VALIDATION_MEAN_IOU);
        List<String> words = answer.sentences().stream().map(Sentence::words).toList();
        assertThat(words)
                .anySatisfy(sentence -> assertThat(sentence).contains("points of mean IoU (95 % interval"))
                .anySatisfy(sentence -> assertThat(sentence)
                        .containsPattern("It is the best by mean IoU in \\d+ % of bootstrap resamples"))
                .allSatisfy(sentence -> assertThat(sentence).doesNotContain("accura", "no interval"));
    }

    @Test
    void whatIsOpenIsToldByTheMeasure() {
        Settling settling = Settling.of(results(2), EnumSet.allOf(About.class));
        assertThat(settling.unknownChances()).isEmpty();
        assertThat(settling.open()).isNotEmpty().allSatisfy(question -> {
            assertThat(question.difference().measure()).isEqualTo(Measure.VALIDATION_MEAN_IOU);
            assertThat(question.difference().words()).contains("points of mean IoU, 95 % interval");
        });
        assertThat(Settling.of(results(1), EnumSet.allOf(About.class)).open())
                .singleElement()
                .satisfies(question ->
                        assertThat(question.subject()).isEqualTo("how much another seed changes the mean IoU"));
    }

    @Test
    void theObjectiveDecidesWhichMeasureHasIntervals() {
        List<VariantSummary> summaries = results(2).summaries();
        for (Measure measure : List.of(
                Measure.VALIDATION_ACCURACY,
                Measure.VALIDATION_BALANCED_ACCURACY,
                Measure.VALIDATION_MEAN_IOU,
                Measure.VALIDATION_DICE)) {
            List<Objective> objectives = List.of(
                    new Objective(Measure.MACS, Direction.MINIMIZE), new Objective(measure, Direction.MAXIMIZE));
            Certainty certainty = Certainty.of(summaries, objectives);
            assertThat(certainty.measure()).isEqualTo(measure);
            assertThat(certainty.front(objectives).reason()).isEmpty();
            Difference difference = certainty.between(summaries.get(1), summaries.get(0));
            assertThat(difference.interval()).isPresent();
            assertThat(difference.value())
                    .isEqualTo(
                            summaries.get(1).measure(measure) - summaries.get(0).measure(measure));
        }
    }

    @Test
    void aSecondMeasureOfQualityHasNoChances() {
        List<VariantSummary> summaries = results(2).summaries();
        List<Objective> objectives = List.of(
                new Objective(Measure.VALIDATION_MEAN_IOU, Direction.MAXIMIZE),
                new Objective(Measure.VALIDATION_DICE, Direction.MAXIMIZE));
        assertThat(Certainty.of(summaries, objectives).front(objectives).reason())
                .hasValue("the certainty of Dice is not known, only that of mean IoU");
    }

    @Test
    void rowsOfEarlierVersionsSayWhyThereIsNoInterval() {
        ImageCounts counts = ImageCounts.builder(2, 1)
                .add(new int[] {6, 2}, new int[] {1, 1}, new int[] {7, 3})
                .build();
        List<TrialRow> rows = new ArrayList<>();
        for (int variant = 0; variant < 2; variant++) {
            for (int seed = 0; seed < 2; seed++) {
                rows.add(SimulatedStudy.row(
                        variant,
                        seed,
                        new Settings(Map.of("knob", variant)),
                        SimulatedMasks.completed("t%ds%d".formatted(variant, seed), counts, null)));
            }
        }
        List<VariantSummary> summaries = results(rows).summaries();
        Certainty certainty = Certainty.of(summaries, results(rows).objectives());
        String reason = "trial t0s0 kept no counts of its validation images, as those of older versions did not";
        assertThat(certainty.between(summaries.get(0), summaries.get(1)).words())
                .isEqualTo("0.00 points of mean IoU, no interval: " + reason);
        assertThat(certainty.front(results(rows).objectives()).reason()).hasValue(reason);
    }
}
