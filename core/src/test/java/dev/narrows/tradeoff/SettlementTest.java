package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Measure;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static Difference difference(double value, double ofImages, double ofSeeds) {
        return Difference.known(Measure.VALIDATION_ACCURACY, value, new ErrorParts(ofImages, ofSeeds, 4), 3, 1000);
    }

    @Test
    void aSettledDifferenceNeedsNoFurtherSeed() {
        assertThat(Settlement.of(difference(0.05, 0.00001, 0.00001)).furtherSeeds())
                .hasValue(0);
    }

    @Test
    void theNumberIsTheSmallestThatExcludesZero() {
        Difference open = difference(0.01, 0.000004, 0.00006);
        int further = Settlement.of(open).furtherSeeds().orElseThrow();
        assertThat(further).isPositive();
        ErrorParts error = open.error().orElseThrow();
        assertThat(error.withSeeds((3.0 + further) / 3).around(0.01).holds(0)).isFalse();
        assertThat(error.withSeeds((3.0 + further - 1) / 3).around(0.01).holds(0))
                .isTrue();
    }

    @Test
    void fewImagesAreNoMatterOfSeeds() {
        Settlement settlement = Settlement.of(difference(0.01, 0.0001, 0.00001));
        assertThat(settlement.furtherSeeds()).isEmpty();
        assertThat(settlement.reason())
                .hasValue("more seeds alone do not settle it: 1,000 validation images are too few to tell"
                        + " 1.00 points apart");
    }

    @Test
    void nobodyIsSentToTrainForThousandsOfSeeds() {
        assertThat(Settlement.of(difference(0.0001, 0, 0.001)).reason())
                .hasValue("it would take more than 1000 further seeds");
    }

    @Test
    void aDifferenceWithoutAnIntervalPassesItsReasonOn() {
        assertThat(Settlement.of(Difference.unknown(
                                Measure.VALIDATION_ACCURACY,
                                0.01,
                                "one seed does not tell what another would give",
                                1,
                                1000))
                        .reason())
                .hasValue("one seed does not tell what another would give");
    }
}
