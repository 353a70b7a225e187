package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.family.Settings;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares of variance on grids whose truth is known. */
class ImportanceTest {
    private static final int IMAGES = 10_000;

    private final List<VariantSummary> grid = new ArrayList<>();

    private void variant(Map<String, Object> knobs, int... right) {
        List<TrialRow> rows = new ArrayList<>();
        int number = grid.size();
        for (int seed = 0; seed < right.length; seed++) {
            BitSet hits = new BitSet();
            hits.set(0, right[seed]);
            rows.add(SimulatedStudy.row(number, seed, hits, (double) right[seed] / IMAGES, new Settings(knobs)));
        }
        grid.add(SimulatedStudy.summary(number, rows));
    }

    private Importance importance() {
        List<Importance> found = Importance.of(
                grid, Measure.VALIDATION_ACCURACY, Certainty.of(grid, Measure.VALIDATION_ACCURACY), Set.of());
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static double share(Importance importance, String name) {
        return importance.shares().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .share();
    }

    private static double sum(Importance importance) {
        return importance.shares().stream()
                        .mapToDouble(Importance.AxisShare::share)
                        .sum()
                + importance.shared()
                + importance.further()
                + importance.noise().orElse(0.0);
    }

    @Test
    void anAdditiveGridHasTheSharesOfItsFormula() {
        for (int width : new int[] {0, 1}) {
            for (int groups : new int[] {0, 1}) {
                variant(Map.of("width", width, "groups", groups), 7000 + 400 * width + 200 * groups);
            }
        }
        Importance importance = importance();
        assertThat(importance.balanced()).isTrue();
        assertThat(share(importance, "width")).isCloseTo(0.8, within(1e-9));
        assertThat(share(importance, "groups")).isCloseTo(0.2, within(1e-9));
        assertThat(importance.shares())
                .last()
                .satisfies(part -> assertThat(part.share()).isCloseTo(0, within(1e-9)));
        assertThat(importance.noise()).isEmpty();
        assertThat(importance.sentence())
                .isEqualTo("plain: of the variance of validation accuracy between 4 variants, width 80 %, groups 20 %"
                        + "; the noise of seeds is unknown and part of these");
    }

    @Test
    void whatOnlyTwoKnobsTogetherDoIsTheirPair() {
        for (int width : new int[] {0, 1}) {
            for (int groups : new int[] {0, 1}) {
                variant(Map.of("width", width, "groups", groups), 7000 + 300 * (width == groups ? 1 : 0));
            }
        }
        Importance importance = importance();
        assertThat(importance.shares().get(0).axes()).containsExactlyInAnyOrder("width", "groups");
        assertThat(importance.shares().get(0).share()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatOnlyThreeKnobsTogetherDoIsNeitherAnAxisNorAPair() {
        for (int cell = 0; cell < 8; cell++) {
            variant(
                    Map.of("a", cell & 1, "b", cell >> 1 & 1, "c", cell >> 2),
                    7000 + 300 * (Integer.bitCount(cell) % 2));
        }
        Importance importance = importance();
        assertThat(importance.further()).isCloseTo(1, within(1e-9));
        assertThat(importance.sentence()).contains("interactions of more knobs 100 %");
    }

    @Test
    void seedsThatAloneMakeTheDifferencesGetThem() {
        Random random = new Random(3);
        for (int width = 0; width < 8; width++) {
            for (int groups = 0; groups < 8; groups++) {
                variant(
                        Map.of("width", width, "groups", groups),
                        7000 + (int) (60 * random.nextGaussian()),
                        7000 + (int) (60 * random.nextGaussian()),
                        7000 + (int) (60 * random.nextGaussian()));
            }
        }
        Importance importance = importance();
        assertThat(importance.noise().orElseThrow()).isGreaterThan(0.75);
        assertThat(sum(importance)).isCloseTo(1, within(1e-9));
        assertThat(importance.sentence()).contains("seeds alone");
    }

    @Test
    void theFitOfABalancedGridIsTheDecompositionByMeans() {
        Random random = new Random(5);
        int[][] levels = new int[3][48];
        double[] values = new double[48];
        for (int i = 0; i < values.length; i++) {
            levels[0][i] = i % 2;
            levels[1][i] = i / 2 % 3;
            levels[2][i] = i / 6 % 4;
            values[i] = levels[0][i] + levels[1][i] * levels[2][i] + random.nextGaussian();
        }
        AxisVariance parts = AxisVariance.of(values, levels).orElseThrow();
        assertThat(parts.balanced()).isTrue();
        double mean =
                IntStream.range(0, 48).mapToDouble(i -> values[i]).average().orElseThrow();
        AxisFit fit = new AxisFit(
                IntStream.range(0, 48).mapToDouble(i -> values[i] - mean).toArray(), levels);
        double sofar = 0;
        List<List<Integer>> terms = new ArrayList<>();
        for (AxisVariance.Part part : parts.parts()) {
            terms.add(part.axes());
            AxisFit.Explained explained = fit.explained(terms);
            assertThat(explained.squares() - sofar).isCloseTo(part.squares(), within(1e-9));
            sofar = explained.squares();
        }
        assertThat(parts.rest().degrees()).isEqualTo(47 - fit.explained(terms).degrees());
    }

    @Test
    void withGapsInTheGridEachPartIsWhatItAddsAndAllAddUpToOne() {
        for (int width = 0; width < 4; width++) {
            for (int groups = 0; groups < 3; groups++) {
                if (width + groups < 5) {
                    variant(Map.of("width", width, "groups", groups), 7000 + 400 * width);
                }
            }
        }
        Importance importance = importance();
        assertThat(importance.balanced()).isFalse();
        assertThat(share(importance, "groups")).isCloseTo(0, within(1e-9));
        assertThat(share(importance, "width") + importance.shared()).isCloseTo(1, within(1e-9));
        assertThat(sum(importance)).isCloseTo(1, within(1e-9));
    }

    @Test
    void knobsThatAlwaysVaryTogetherShareWhatTheyExplain() {
        for (int width = 0; width < 4; width++) {
            variant(Map.of("width", width, "depth", 10 * width), 7000 + 100 * width);
        }
        Importance importance = importance();
        assertThat(importance.shared()).isCloseTo(1, within(1e-9));
        assertThat(importance.sentence()).contains("knobs that vary together 100 %");
    }

    @Test
    void equalVariantsHaveNoImportance() {
        for (int width = 0; width < 4; width++) {
            variant(Map.of("width", width), 7000);
        }
        assertThat(Importance.of(
                        grid, Measure.VALIDATION_ACCURACY, Certainty.of(grid, Measure.VALIDATION_ACCURACY), Set.of()))
                .isEmpty();
    }
}
