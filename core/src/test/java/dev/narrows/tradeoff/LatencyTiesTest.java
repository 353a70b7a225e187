package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.family.Settings;
import dev.narrows.results.TrialRow;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.trial.LatencyRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Latencies that differ by no more than the noise of their measurement are equal in every choice. */
class LatencyTiesTest {
    private static final List<Objective> FAST_AND_ACCURATE = List.of(
            new Objective(Measure.LATENCY_P50_US, Direction.MINIMIZE),
            new Objective(Measure.VALIDATION_ACCURACY, Direction.MAXIMIZE));

    private static LatencyRow row(int variant, double p10, double p50, double iqr) {
        return new LatencyRow(
                "v" + variant,
                "variant " + variant,
                LatencyRuntime.TORCH,
                1,
                5000,
                p10,
                p50,
                1.2 * p50,
                1.5 * p50,
                iqr,
                iqr > 0.1 * p50,
                1e6 / p50,
                300,
                p10 / 250,
                SimulatedStudy.ENVIRONMENT,
                0);
    }

    private static List<VariantSummary> summaries(LatencyRow... latency) {
        List<TrialRow> rows = new ArrayList<>();
        for (int variant = 0; variant < latency.length; variant++) {
            BitSet hits = new BitSet();
            hits.set(0, 700 + 10 * variant);
            rows.add(SimulatedStudy.row(variant, 0, hits, 0.7 + 0.01 * variant, new Settings(Map.of("knob", variant))));
        }
        return VariantSummary.ofRows(rows, List.of(latency), Measure.VALIDATION_ACCURACY);
    }

    @Test
    void aDifferenceWithinNoiseIsATieAndALargerOneIsNot() {
        List<VariantSummary> all = summaries(row(0, 96, 100, 4), row(1, 97, 101, 4), row(2, 140, 150, 4));
        assertThat(all.get(1).comparable(Measure.LATENCY_P50_US)).isEqualTo(100);
        assertThat(all.get(2).comparable(Measure.LATENCY_P50_US)).isEqualTo(150);
        assertThat(all.get(1).measure(Measure.LATENCY_P50_US)).isEqualTo(101);
    }

    @Test
    void aTieIsBrokenByTheNextObjective() {
        List<VariantSummary> all = summaries(row(0, 96, 100, 4), row(1, 97, 101, 4), row(2, 140, 150, 4));
        Choice choice = Choice.of(all, List.of(), FAST_AND_ACCURATE, Certainty.of(all, Measure.VALIDATION_ACCURACY));
        assertThat(choice.ranking()).extracting(VariantSummary::id).containsExactly("v1", "v0", "v2");
        assertThat(choice.frontier()).extracting(VariantSummary::id).containsExactly("v1", "v2");
    }

    @Test
    void aNoisyHostIsComparedByTheTenthPercentileOverTheReference() {
        // By their medians, the first is faster; the quiet calls of the second are.
        List<VariantSummary> all = summaries(row(0, 90, 110, 40), row(1, 60, 120, 60), row(2, 200, 260, 90));
        assertThat(VariantSummary.comparedByReference(all)).isTrue();
        assertThat(all.get(0).comparable(Measure.LATENCY_P50_US)).isCloseTo(90 / 250.0, within(1e-12));
        assertThat(all.get(1).comparable(Measure.LATENCY_P50_US)).isCloseTo(60 / 250.0, within(1e-12));
        Choice choice = Choice.of(all, List.of(), FAST_AND_ACCURATE, Certainty.of(all, Measure.VALIDATION_ACCURACY));
        assertThat(choice.best().orElseThrow().id()).isEqualTo("v1");
    }

    @Test
    void aSteadyHostIsComparedByItsMedians() {
        List<VariantSummary> all = summaries(row(0, 90, 110, 4), row(1, 80, 120, 5), row(2, 200, 260, 90));
        assertThat(VariantSummary.comparedByReference(all)).isFalse();
        assertThat(all.get(2).isUnstable(Measure.LATENCY_P50_US)).isTrue();
        assertThat(all.get(0).comparable(Measure.LATENCY_P50_US)).isEqualTo(110);
    }

    @Test
    void theIntervalGrowsWithTheSpreadOfTheCalls() {
        LatencyEstimate quiet =
                LatencyEstimate.of(row(0, 98, 100, 3), Measure.LATENCY_P50_US).orElseThrow();
        LatencyEstimate busy =
                LatencyEstimate.of(row(0, 98, 100, 50), Measure.LATENCY_P50_US).orElseThrow();
        assertThat(quiet.margin()).isEqualTo(0.015);
        assertThat(busy.margin()).isCloseTo(0.2, within(0.001));
        assertThat(busy.interval().low()).isCloseTo(80, within(0.1));
        assertThat(busy).hasToString("± 20 %");
        assertThat(LatencyEstimate.of(row(0, 98, 100, 3), Measure.PARAMS)).isEmpty();
    }
}
