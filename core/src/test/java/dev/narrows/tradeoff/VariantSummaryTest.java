package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Conv;
import dev.narrows.net.Shape;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Loss;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Environment;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VariantSummaryTest {
    private static final Measure ACCURACY = Measure.VALIDATION_ACCURACY;

    private final Variant variant = new Variant(
            "v",
            "label",
            "plain",
            new Settings(Map.of()),
            Conv.pointwise(1, 1, false),
            new Shape(1, 1, 1),
            2,
            new Cost(10, 20, 30, 1),
            List.of(0L, 1L));

    @Test
    void theBestTrainingOfEachSeedSpeaksForTheVariant() {
        VariantSummary summary =
                summary(row("a", 0, 0.05, 0.6), row("b", 0, 0.1, 0.8), row("c", 1, 0.05, 0.7), row("d", 1, 0.1, 0.5));
        assertThat(summary.chosen()).extracting(TrialRow::trialId).containsExactly("b", "c");
        assertThat(summary.accuracy()).isCloseTo(0.75, within(1e-12));
        assertThat(summary.accuracyDeviation().orElseThrow()).isCloseTo(0.0707106781, within(1e-9));
    }

    @Test
    void oneSeedHasNoDeviation() {
        assertThat(summary(row("a", 0, 0.1, 0.6)).accuracyDeviation()).isEmpty();
    }

    @Test
    void whatWasNotMeasuredIsNotANumber() {
        VariantSummary summary = summary(row("a", 0, 0.1, Double.NaN));
        assertThat(summary.measure(ACCURACY)).isNaN();
        assertThat(summary.measure(Measure.LATENCY_P50_US)).isNaN();
        assertThat(summary.measure(Measure.PARAMS)).isEqualTo(10);
        assertThat(ParetoFront.of(
                        List.of(summary),
                        VariantSummary.criteria(List.of(new Objective(ACCURACY, Objective.Direction.MAXIMIZE)))))
                .isEmpty();
    }

    @Test
    void latencyIsThatOfTheSmallestBatch() {
        VariantSummary summary = VariantSummary.of(
                        List.of(variant),
                        List.of(),
                        List.of(latency("v", 32, 500), latency("v", 1, 50), latency("w", 1, 5)),
                        ACCURACY)
                .get(0);
        assertThat(summary.measure(Measure.LATENCY_P50_US)).isEqualTo(50);
        assertThat(summary.latency()).hasSize(2);
    }

    /** Measured with two threads, then with one again for half of the variants. */
    @Test
    void latenciesAreOfTheWayThatWasMeasuredLast() {
        Variant other = new Variant(
                "w",
                "other",
                "plain",
                variant.settings(),
                variant.network(),
                variant.input(),
                2,
                variant.cost(),
                variant.seeds());
        List<VariantSummary> summaries = VariantSummary.of(
                List.of(variant, other),
                List.of(),
                List.of(
                        latency("w", 1, 60, 1, 2),
                        latency("v", 1, 30, 2, 3),
                        latency("w", 1, 40, 2, 4),
                        latency("v", 1, 55, 1, 5)),
                ACCURACY);
        assertThat(summaries)
                .extracting(summary -> summary.measure(Measure.LATENCY_P50_US))
                .containsExactly(55.0, 60.0);
    }

    /** More images are no better choice of training: they are what is asked about. */
    @Test
    void countsOfTrainingImagesAreToldApart() {
        List<TrialRow> rows = List.of(
                row("a", 0, 0.1, 0.9),
                row("b", 0, 0.1, 0.6, Optional.of(1000)),
                row("c", 1, 0.1, 0.8, Optional.of(1000)));
        for (List<VariantSummary> summaries : List.of(
                VariantSummary.of(List.of(variant), rows, List.of(), ACCURACY),
                VariantSummary.ofRows(rows, List.of(), ACCURACY))) {
            assertThat(summaries)
                    .extracting(VariantSummary::label)
                    .containsExactly("label train=1000", "label train=all");
            assertThat(summaries).extracting(VariantSummary::id).doesNotHaveDuplicates();
            assertThat(summaries).extracting(VariantSummary::variantId).containsOnly("v");
            assertThat(summaries.get(0).accuracy()).isCloseTo(0.7, within(1e-9));
            assertThat(summaries.get(1).accuracy()).isCloseTo(0.9, within(1e-9));
        }
    }

    private VariantSummary summary(TrialRow... rows) {
        return VariantSummary.of(List.of(variant), List.of(rows), List.of(), ACCURACY)
                .get(0);
    }

    /** A NaN accuracy stands for a trial that diverged. */
    private TrialRow row(String id, long seed, double rate, double accuracy) {
        return row(id, seed, rate, accuracy, Optional.empty());
    }

    private TrialRow row(String id, long seed, double rate, double accuracy, Optional<Integer> train) {
        Training training = new Training(
                1,
                32,
                Precision.FP32,
                new Optimizer.Sgd(0.9, false, 0),
                Schedule.CONSTANT,
                rate,
                0,
                0,
                0,
                new Augmentation(0, false),
                Loss.CROSS_ENTROPY,
                0);
        DataSpec data = new DataSpec("x", train, Optional.empty(), Optional.empty(), 0);
        Trial trial = new Trial(
                id,
                variant.id(),
                "study",
                variant.label(),
                variant.family(),
                variant.settings(),
                variant.network(),
                variant.input(),
                variant.classes(),
                seed,
                training,
                data);
        TrialResult result = Double.isNaN(accuracy)
                ? TrialResult.bare(id, Outcome.DIVERGED, null, SimulatedStudy.ENVIRONMENT, 0, 1)
                : SimulatedStudy.completed(id, accuracy, null);
        return TrialRow.of(trial, variant.cost(), result);
    }

    static LatencyRow latency(String variantId, int batchSize, double micros) {
        return latency(variantId, batchSize, micros, 1, 0);
    }

    private static LatencyRow latency(String variantId, int batchSize, double micros, int threads, long startedAt) {
        return new LatencyRow(
                variantId,
                "label",
                LatencyRuntime.TORCH,
                batchSize,
                1000,
                micros / 2,
                micros,
                micros,
                micros,
                1,
                false,
                batchSize / micros * 1e6,
                10,
                micros / 20,
                new Environment("host", "processor", "cpu", "fp32", threads, "simulated"),
                startedAt);
    }
}
