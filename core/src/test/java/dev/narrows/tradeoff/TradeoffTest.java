package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.family.Settings;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Constraint;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Front certainty, choice, effects, distributions, hypervolume and proxies. */
class TradeoffTest {
    private static final List<Objective> ACCURATE_AND_SMALL = List.of(
            new Objective(Measure.VALIDATION_ACCURACY, Direction.MAXIMIZE),
            new Objective(Measure.PARAMS, Direction.MINIMIZE));

    private static VariantSummary variant(int number, int images, Settings settings, int... right) {
        List<TrialRow> rows = new ArrayList<>();
        for (int seed = 0; seed < right.length; seed++) {
            BitSet hits = new BitSet();
            hits.set(0, right[seed]);
            rows.add(SimulatedStudy.row(number, seed, hits, (double) right[seed] / images, settings));
        }
        return SimulatedStudy.summary(number, rows);
    }

    private static VariantSummary variant(int number, int... right) {
        return variant(number, 1000, new Settings(Map.of("knob", number)), right);
    }

    @Test
    void frontIsLikelyWhereTheDifferenceIsLargeAndOpenWhereItIsSmall() {
        VariantSummary small = variant(0, 700, 702);
        VariantSummary large = variant(1, 800, 798);
        VariantSummary larger = variant(2, 801, 799);
        VariantSummary poor = variant(3, 500, 504);
        FrontCertainty front = Certainty.of(List.of(small, large, larger, poor), Measure.VALIDATION_ACCURACY)
                .front(ACCURATE_AND_SMALL);
        assertThat(front.reason()).isEmpty();
        assertThat(front.of(small).orElseThrow()).isEqualTo(1);
        assertThat(front.of(large).orElseThrow()).isEqualTo(1);
        assertThat(front.of(larger).orElseThrow()).isBetween(0.2, 0.9);
        assertThat(front.of(poor).orElseThrow()).isZero();
    }

    @Test
    void oneSeedTellsNoProbability() {
        FrontCertainty front = Certainty.of(List.of(variant(0, 700), variant(1, 800)), Measure.VALIDATION_ACCURACY)
                .front(ACCURATE_AND_SMALL);
        assertThat(front.probabilities()).isEmpty();
        assertThat(front.reason()).hasValue("no variant has two seeds, and one does not tell what another would give");
    }

    @Test
    void choiceIsTheBestOfThoseThatKeepTheConstraints() {
        List<VariantSummary> all = List.of(variant(0, 700, 702), variant(1, 800, 798), variant(2, 900, 902));
        Certainty certainty = Certainty.of(all, Measure.VALIDATION_ACCURACY);
        Choice free = Choice.of(all, List.of(), ACCURATE_AND_SMALL, certainty);
        assertThat(free.best().orElseThrow().id()).isEqualTo("v2");
        assertThat(free.likely().get("v2")).isGreaterThan(0.99);
        Choice held = Choice.of(
                all,
                List.of(new Constraint(Measure.PARAMS, Constraint.Comparison.AT_MOST, 200)),
                ACCURATE_AND_SMALL,
                certainty);
        assertThat(held.ranking()).extracting(VariantSummary::id).containsExactly("v1", "v0");
    }

    @Test
    void effectIsPairedWithEverythingElseHeld() {
        List<VariantSummary> all = new ArrayList<>();
        int number = 0;
        for (int width : new int[] {8, 16}) {
            for (int groups : new int[] {1, 4}) {
                int right = 700 + 10 * width - 5 * groups;
                all.add(variant(
                        number++, 1000, new Settings(Map.of("width", width, "groups", groups)), right, right + 2));
            }
        }
        List<Effect> effects = Effects.of(all, Certainty.of(all, Measure.VALIDATION_ACCURACY), Set.of());
        assertThat(effects).extracting(Effect::axis).containsExactlyInAnyOrder("width", "groups");
        Effect groups = effects.stream()
                .filter(effect -> effect.axis().equals("groups"))
                .findFirst()
                .orElseThrow();
        assertThat(groups.pairs()).hasSize(2);
        assertThat(groups.quality().value()).isCloseTo(-0.015, within(1e-9));
        assertThat(groups.quality().settled()).isTrue();
        assertThat(groups.sentence())
                .startsWith("plain: groups 4 against 1 for")
                .contains("−1.50 points, 95 % interval")
                .endsWith("settled by 2 seeds and 1,000 images (mean over 2 pairs of variants)");
    }

    @Test
    void distributionIsTheShareBelowAnError() {
        List<Distribution> families = Distribution.of(List.of(variant(0, 700), variant(1, 800), variant(2, 900)));
        assertThat(families).hasSize(1);
        assertThat(families.get(0).below(0.25)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(families.get(0).quantile(0.5)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void hypervolumeOfKnownShapes() {
        double[] corner = {1, 1};
        assertThat(Hypervolume.below(List.of(new double[] {0.5, 0.5}), corner)).isEqualTo(0.25);
        assertThat(Hypervolume.below(List.of(new double[] {0, 0.5}, new double[] {0.5, 0}), corner))
                .isEqualTo(0.75);
        assertThat(Hypervolume.below(
                        List.of(new double[] {0, 0.5, 0.5}, new double[] {0.5, 0, 0.5}, new double[] {0.5, 0.5, 0}),
                        new double[] {1, 1, 1}))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void hypervolumeAgreesWithCountingPoints() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        for (int criteria = 2; criteria <= 4; criteria++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                points.add(random.doubles(criteria).toArray());
            }
            double[] corner = new double[criteria];
            java.util.Arrays.fill(corner, 1);
            int dominated = 0;
            int draws = 100_000;
            for (int d = 0; d < draws; d++) {
                double[] at = random.doubles(criteria).toArray();
                dominated += points.stream().anyMatch(p -> noWorse(p, at)) ? 1 : 0;
            }
            assertThat(Hypervolume.below(points, corner)).isCloseTo((double) dominated / draws, within(0.006));
        }
    }

    private static boolean noWorse(double[] one, double[] other) {
        for (int c = 0; c < one.length; c++) {
            if (one[c] > other[c]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void proxyThatRanksAsAccuracyDoesHasCorrelationOne() {
        List<VariantSummary> all = new ArrayList<>();
        for (int v = 0; v < 8; v++) {
            all.add(variant(v, 600 + 20 * v));
        }
        Proxy params = Proxies.of(all).stream()
                .filter(proxy -> proxy.name().equals("params"))
                .findFirst()
                .orElseThrow();
        assertThat(params.correlation()).isEqualTo(1);
        assertThat(params.rightOrder()).isEqualTo(1);
        assertThat(params.variants()).isEqualTo(8);
        assertThat(params.interval().orElseThrow().low()).isEqualTo(1);
    }
}
