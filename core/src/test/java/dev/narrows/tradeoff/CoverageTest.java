package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals of 95 % hold the truth in 93 to 97 of 100 studies whose truth is known. */
class CoverageTest {
    private static final int STUDIES = 2000;
    private static final int IMAGES = 500;

    @ParameterizedTest
    @CsvSource({
        "6, 2, 0.02, 0",
        "6, 3, 0.02, 0",
        "6, 5, 0.02, 0",
        "6, 2, 0.30, 0",
        "6, 3, 0.30, 0",
        "6, 5, 0.30, 0",
        "6, 2, 0.10, 0.1",
        "6, 3, 0.10, 0.3",
        "14, 2, 0.10, 0",
        "14, 2, 0.30, 0",
        "2, 2, 0.10, 0",
        "2, 3, 0.1, 0",
        "2, 2, 0.30, 0",
    })
    void ofADifference(int variants, int seeds, double deviation, double common) {
        SimulatedStudy study = SimulatedStudy.of(variants, deviation, common, seeds, IMAGES);
        double truth = study.truth(1) - study.truth(0);
        double coverage = SimulatedStudy.coverage(STUDIES, number -> {
            List<VariantSummary> found = study.run(number);
            return Certainty.of(found)
                    .between(found.get(1), found.get(0))
                    .interval()
                    .orElseThrow()
                    .holds(truth);
        });
        System.out.printf(
                "%d variants %d seeds sd %.2f common %.2f: %.3f%n", variants, seeds, deviation, common, coverage);
        assertThat(coverage).isBetween(0.93, 0.97);
    }

    @ParameterizedTest
    @CsvSource({"6, 2", "6, 3", "6, 5", "14, 2", "14, 3"})
    void ofVariantsThatVaryUnalike(int variants, int seeds) {
        double[] levels = new double[variants];
        double[] deviations = new double[variants];
        for (int v = 0; v < variants; v++) {
            levels[v] = 1;
            deviations[v] = v % 3 == 0 ? 0.25 : 0.05;
        }
        SimulatedStudy study = new SimulatedStudy(levels, deviations, 0, seeds, IMAGES);
        for (int[] pair : new int[][] {{0, 1}, {1, 2}, {0, 3}}) {
        double truth = study.truth(pair[0]) - study.truth(pair[1]);
        double coverage = SimulatedStudy.coverage(STUDIES, number -> {
            List<VariantSummary> found = study.run(number);
            return Certainty.of(found)
                    .between(found.get(pair[0]), found.get(pair[1]))
                    .interval()
                    .orElseThrow()
                    .holds(truth);
        });
        System.out.printf("unalike %d variants %d seeds pair %d %d: %.3f%n", variants, seeds, pair[0], pair[1], coverage);
        }
    }
}
