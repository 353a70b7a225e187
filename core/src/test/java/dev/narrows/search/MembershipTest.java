package dev.narrows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final double TOLERANCE = 0.005;
    private static final MadeUpGrid GRID = MadeUpGrid.of(1, 8);

    private final Membership membership = new Membership(GRID.candidates(), TOLERANCE, 1);

    private static Posterior posterior(double deviation, double correlation) {
        int size = GRID.size();
        double[][] covariances = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                covariances[i][j] = deviation * deviation * (i == j ? 1 : correlation);
            }
        }
        return new Posterior(GRID.truths(), covariances, 0);
    }

    @Test
    void aMemberBeatsByMoreThanTheToleranceWhateverCostsNoMore() {
        double[] truths = GRID.truths();
        for (int i = 0; i < truths.length; i++) {
            SearchCandidate own = GRID.candidates().get(i);
            int index = i;
            boolean beaten = IntStream.range(0, truths.length)
                    .filter(j -> j != index)
                    .filter(j -> GRID.candidates().get(j).losses().get(0)
                                    <= own.losses().get(0)
                            && GRID.candidates().get(j).losses().get(1)
                                    <= own.losses().get(1))
                    .anyMatch(j -> truths[j] >= truths[index] - TOLERANCE);
            assertThat(membership.members(truths).contains(i)).as(own.label()).isEqualTo(!beaten);
        }
        assertThat(membership.members(truths)).hasSizeBetween(2, GRID.size() - 2);
    }

    @Test
    void whatHasNoQualityIsNoMemberAndBeatsNothing() {
        double[] truths = GRID.truths().clone();
        List<Integer> before = membership.members(truths);
        int strong = before.get(0);
        truths[strong] = Double.NaN;
        assertThat(membership.members(truths)).doesNotContain(strong).containsAll(before.subList(1, before.size()));
    }

    @Test
    void chancesOfAllAddUpToTheExpectedNumberOfMembers() {
        double[][] draws = membership.draws(List.of(posterior(0.02, 0.3)));
        double chances = IntStream.range(0, GRID.size())
                .mapToDouble(i -> membership.chance(draws, i))
                .sum();
        double members = Arrays.stream(draws)
                .mapToInt(draw -> membership.members(draw).size())
                .average()
                .orElseThrow();
        assertThat(chances).isCloseTo(members, within(1e-9));
    }

    @Test
    void chancesAreCertainWhereQualitiesAre() {
        double[][] draws = membership.draws(List.of(posterior(1e-9, 0)));
        List<Integer> members = membership.members(GRID.truths());
        for (int i = 0; i < GRID.size(); i++) {
            assertThat(membership.chance(draws, i)).isEqualTo(members.contains(i) ? 1 : 0);
        }
    }

    @Test
    void drawsHaveTheMeansAndCovariancesOfThePrediction() {
        Posterior posterior = posterior(0.02, 0.5);
        double[][] draws = membership.draws(List.of(posterior));
        double[] first = Arrays.stream(draws)
                .mapToDouble(draw -> draw[0] - posterior.means()[0])
                .toArray();
        double[] second = Arrays.stream(draws)
                .mapToDouble(draw -> draw[1] - posterior.means()[1])
                .toArray();
        double variance = 0;
        double covariance = 0;
        for (int d = 0; d < draws.length; d++) {
            variance += first[d] * first[d] / draws.length;
            covariance += first[d] * second[d] / draws.length;
        }
        assertThat(Math.sqrt(variance)).isCloseTo(0.02, within(0.002));
        assertThat(covariance / variance).isCloseTo(0.5, within(0.12));
    }

    @Test
    void aChanceFromMovedDrawsIsThatOfTheUpdatedPrediction() {
        Posterior posterior = posterior(0.02, 0.5);
        double[][] draws = membership.draws(List.of(posterior));
        for (double quality : new double[] {-0.03, 0, 0.03}) {
            var evidence = new Posterior.Evidence(5, posterior.means()[5] + quality, 0.0001);
            double moved = membership.chance(draws, posterior, evidence);
            double drawn = membership.chance(membership.draws(List.of(posterior.with(evidence))), 5);
            assertThat(moved).isCloseTo(drawn, within(0.06));
        }
    }

    @Test
    void theStrongestRivalIsTheBestThatCostsNoMore() {
        int rival = membership.strongestRival(GRID.truths(), 10).orElseThrow();
        for (int j = 0; j < GRID.size(); j++) {
            if (j != 10
                    && GRID.candidates().get(j).costsNoMore(GRID.candidates().get(10))) {
                assertThat(GRID.truths()[rival]).isGreaterThanOrEqualTo(GRID.truths()[j]);
            }
        }
        assertThat(membership.strongestRival(GRID.truths(), 0)).isEmpty();
    }
}
