package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.results.EffectRow;
import dev.narrows.results.MeasuredDifference;
import dev.narrows.results.MeasuredLatency;
import dev.narrows.results.PairRow;
import dev.narrows.results.TrialRow;
import dev.narrows.results.VariantRow;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Measure;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The derived tables say what the trade-off says, and nothing else. */
class ConclusionsTest {
    private static final int IMAGES = 500;

    private static StudyResults results(SimulatedStudy study) {
        List<TrialRow> rows = study.run(11).stream()
                .flatMap(summary -> summary.chosen().stream())
                .toList();
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

    private static VariantSummary named(List<VariantSummary> summaries, String label) {
        return summaries.stream()
                .filter(summary -> summary.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pairsAreTheDifferencesThatCompareSays() {
        StudyResults results = results(SimulatedStudy.of(6, 0.1, 0, 3, IMAGES));
        List<VariantSummary> summaries = results.summaries();
        Certainty certainty = Certainty.of(summaries, Measure.VALIDATION_ACCURACY);
        List<PairRow> pairs = Conclusions.of(results).pairs();
        assertThat(pairs).hasSize(6 * 5);
        for (PairRow pair : pairs) {
            Difference expected = certainty.between(named(summaries, pair.variant()), named(summaries, pair.other()));
            MeasuredDifference told = pair.difference();
            assertThat(told.value()).isEqualTo(expected.value());
            assertThat(told.low()).isEqualTo(expected.interval().orElseThrow().low());
            assertThat(told.high()).isEqualTo(expected.interval().orElseThrow().high());
            assertThat(told.settled()).isEqualTo(expected.settled());
            assertThat(told.seeds()).isEqualTo(3);
            assertThat(told.images()).isEqualTo(IMAGES);
        }
    }

    @Test
    void variantsHaveTheFrontAndItsProbabilities() {
        StudyResults results = results(SimulatedStudy.of(6, 0.1, 0, 3, IMAGES));
        List<VariantSummary> summaries = results.summaries();
        FrontCertainty chances =
                Certainty.of(summaries, Measure.VALIDATION_ACCURACY).front(results.objectives());
        List<VariantSummary> front = ParetoFront.of(summaries, VariantSummary.criteria(results.objectives()));
        List<VariantRow> variants = Conclusions.of(results).variants();
        assertThat(variants).hasSize(6);
        for (VariantRow row : variants) {
            VariantSummary summary = named(summaries, row.variant());
            assertThat(row.front()).isEqualTo(front.contains(summary));
            assertThat(row.frontProbability()).isEqualTo(chances.of(summary).orElseThrow());
            assertThat(row.measures().get(Measure.VALIDATION_ACCURACY)).isEqualTo(summary.accuracy());
        }
        assertThat(variants.stream()
                        .mapToDouble(row -> Objects.requireNonNull(row.bestProbability()))
                        .sum())
                .isCloseTo(1, within(1e-9));
        assertThat(variants).filteredOn(row -> row.fromBest() == null).hasSize(1);
    }

    @Test
    void aLatencyHasTheIntervalThatTheChoiceUses() {
        StudyResults plain = results(SimulatedStudy.of(3, 0.1, 0, 2, IMAGES));
        LatencyRow probe = new LatencyRow(
                "v1",
                "variant 1",
                LatencyRuntime.TORCH,
                1,
                1000,
                90.0,
                100,
                120,
                150,
                8,
                false,
                1e4,
                33,
                3.0,
                SimulatedStudy.ENVIRONMENT,
                0);
        StudyResults probed = new StudyResults(
                plain.name(),
                plain.study(),
                plain.plan(),
                plain.planned(),
                plain.labels(),
                plain.rows(),
                List.of(probe),
                plain.source());
        Interval expected =
                LatencyEstimate.of(probe, Measure.LATENCY_P50_US).orElseThrow().interval();
        assertThat(Conclusions.of(probed).variants())
                .filteredOn(row -> row.latency() != null)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.variantId()).isEqualTo("v1");
                    assertThat(row.latency()).isEqualTo(new MeasuredLatency(100, expected.low(), expected.high()));
                    assertThat(Objects.requireNonNull(row.relativeLatency()).value())
                            .isEqualTo(3);
                });
    }

    @Test
    void effectsAreThoseOfTheReportAndCostsHaveNoInterval() {
        StudyResults results = results(SimulatedStudy.of(3, 0.1, 0, 3, IMAGES));
        List<VariantSummary> summaries = results.summaries();
        List<Effect> expected =
                Effects.of(summaries, Certainty.of(summaries, Measure.VALIDATION_ACCURACY), results.solved());
        List<EffectRow> effects = Conclusions.of(results).effects();
        assertThat(effects)
                .filteredOn(row -> row.measure() == Measure.VALIDATION_ACCURACY)
                .extracting(EffectRow::from, EffectRow::to, EffectRow::value)
                .containsExactlyElementsOf(expected.stream()
                        .map(effect -> org.assertj.core.groups.Tuple.tuple(
                                Effect.show(effect.from()),
                                Effect.show(effect.to()),
                                effect.quality().value()))
                        .toList());
        EffectRow params = effects.stream()
                .filter(row -> row.measure() == Measure.PARAMS)
                .findFirst()
                .orElseThrow();
        assertThat(params.value()).isEqualTo(100);
        assertThat(params.ratio()).isCloseTo(2, within(1e-12));
        assertThat(params.quality()).isNull();
    }

    @Test
    void aStudyOfOneSeedSaysWhyNothingIsKnown() {
        Conclusions conclusions = Conclusions.of(results(SimulatedStudy.of(3, 0.1, 0, 1, IMAGES)));
        assertThat(conclusions.variants())
                .allSatisfy(row -> assertThat(row.frontProbability()).isNull());
        assertThat(conclusions.pairs()).allSatisfy(pair -> {
            assertThat(pair.difference().low()).isNull();
            assertThat(pair.difference().furtherSeeds()).isNull();
            assertThat(pair.difference().furtherSeedsReason())
                    .isEqualTo("one seed does not tell what another would give");
        });
    }

    @Test
    void aLargeStudyHasThePairsThatDecideItsFront() {
        int variants = Conclusions.MOST_OF_ALL_PAIRS + 6;
        List<PairRow> pairs = Conclusions.of(results(SimulatedStudy.of(variants, 0.1, 0, 2, 100)))
                .pairs();
        assertThat(pairs).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.rivals()).isTrue();
            assertThat(pair.front() || pair.otherFront()).isTrue();
        });
        assertThat(pairs.size()).isLessThan(variants * (variants - 1));
    }
}
