package dev.narrows.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.search.Choices.Trained;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private static final double TOLERANCE = 0.005;

    private static List<Trained> times(int times, String family, Double... qualities) {
        return Collections.nCopies(times, new Trained(family, List.of(qualities)));
    }

    private static List<Trained> joined(List<Trained> ones, List<Trained> others) {
        List<Trained> all = new ArrayList<>(ones);
        all.addAll(others);
        return all;
    }

    private static Choices of(List<Trained> trained) {
        return new Choices(3, TOLERANCE, trained);
    }

    @Test
    void oneThatWasNeverTheBestIsNotWorthATrial() {
        Choices choices = of(joined(times(4, "f", 0.8, 0.78, 0.7), times(4, "f", 0.77, 0.8, 0.7)));
        assertThat(choices.worth("f")).containsExactly(0, 1);
    }

    @Test
    void oneThatIsSometimesBetterByMoreThanIsGivenUpStays() {
        assertThat(of(joined(times(7, "f", 0.8, 0.7, 0.7), times(1, "f", 0.8, 0.7, 0.82)))
                        .worth("f"))
                .containsExactly(0, 2);
        assertThat(of(joined(times(19, "f", 0.8, 0.7, 0.7), times(1, "f", 0.8, 0.7, 0.801)))
                        .worth("f"))
                .containsExactly(0);
    }

    @Test
    void theLossesOfAllThatAreGivenUpAddUp() {
        List<Trained> trained = joined(
                times(18, "f", 0.8, 0.7, 0.7), joined(times(1, "f", 0.8, 0.808, 0.7), times(1, "f", 0.8, 0.7, 0.812)));
        assertThat(of(trained).worth("f")).containsExactly(0, 2);
    }

    @Test
    void aFewVariantsRuleNothingOut() {
        assertThat(of(times(3, "f", 0.8, 0.7, 0.7)).worth("f")).containsExactly(0, 1, 2);
        assertThat(of(times(4, "f", 0.8, 0.7, 0.7)).worth("f")).containsExactly(0);
        assertThat(of(List.of()).worth("f")).containsExactly(0, 1, 2);
    }

    @Test
    void eachFamilyHasItsOwnUnlessItHasTooFewVariants() {
        Choices choices = of(joined(
                times(4, "a", 0.8, 0.7, 0.7), joined(times(4, "b", 0.7, 0.7, 0.8), times(3, "c", 0.7, 0.8, 0.7))));
        assertThat(choices.worth("a")).containsExactly(0);
        assertThat(choices.worth("b")).containsExactly(2);
        assertThat(choices.worth("c")).containsExactly(0, 1, 2);
    }

    @Test
    void aTrialWithoutAQualityIsNeverTheBestAndAVariantWithoutAnyTellsNothing() {
        assertThat(of(times(8, "f", 0.8, Double.NaN, 0.7)).worth("f")).containsExactly(0);
        assertThat(of(times(8, "f", Double.NaN, Double.NaN, Double.NaN)).worth("f"))
                .containsExactly(0, 1, 2);
    }
}
