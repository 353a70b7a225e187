package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.Objective.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoFrontTest {
    private record Network(String name, double accuracy, double params) {}

    private static final List<Criterion<Network>> ACCURATE_AND_SMALL = List.of(
            new Criterion<>(Network::accuracy, Direction.MAXIMIZE),
            new Criterion<>(Network::params, Direction.MINIMIZE));

    @Test
    void dominatedCandidatesAreLeftOut() {
        Network small = new Network("small", 0.80, 10);
        Network large = new Network("large", 0.90, 100);
        Network worse = new Network("worse", 0.79, 50);
        assertThat(ParetoFront.of(List.of(large, worse, small), ACCURATE_AND_SMALL))
                .containsExactly(large, small);
    }

    @Test
    void equalCandidatesStandOrFallTogether() {
        Network one = new Network("one", 0.8, 10);
        Network two = new Network("two", 0.8, 10);
        assertThat(ParetoFront.of(List.of(one, two), ACCURATE_AND_SMALL)).containsExactly(one, two);
        Network better = new Network("better", 0.8, 9);
        assertThat(ParetoFront.of(List.of(one, better, two), ACCURATE_AND_SMALL))
                .containsExactly(better);
    }

    @Test
    void whatWasNotMeasuredIsNotOnTheFrontAndDominatesNobody() {
        Network unmeasured = new Network("unmeasured", Double.NaN, 1);
        Network measured = new Network("measured", 0.1, 10);
        assertThat(ParetoFront.of(List.of(unmeasured, measured), ACCURATE_AND_SMALL))
                .containsExactly(measured);
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(ParetoFront.of(List.<Network>of(), ACCURATE_AND_SMALL)).isEmpty();
        assertThatThrownBy(() -> ParetoFront.of(List.<Network>of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot find a Pareto front: there is no criterion");
    }

    /** Few distinct values, so that ties and equal points are common. */
    @ParameterizedTest
    @CsvSource({"1, 3", "1, 50", "2, 4", "2, 50", "3, 4", "3, 50", "5, 6"})
    void agreesWithComparingEveryPair(int criteria, int values) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(17L * criteria + values);
        List<Criterion<int[]>> measures = new ArrayList<>();
        for (int c = 0; c < criteria; c++) {
            int at = c;
            measures.add(new Criterion<>(p -> p[at], c % 2 == 0 ? Direction.MINIMIZE : Direction.MAXIMIZE));
        }
        for (int round = 0; round < 100; round++) {
            List<int[]> points = IntStream.range(0, random.nextInt(60))
                    .mapToObj(i -> random.ints(criteria, 0, values).toArray())
                    .toList();
            assertThat(ParetoFront.of(points, measures)).isEqualTo(everyPair(points));
        }
    }

    private static List<int[]> everyPair(List<int[]> points) {
        return points.stream()
                .filter(p -> points.stream().noneMatch(q -> dominates(q, p)))
                .toList();
    }

    private static boolean dominates(int[] one, int[] other) {
        boolean noWorse =
                IntStream.range(0, one.length).allMatch(i -> i % 2 == 0 ? one[i] <= other[i] : one[i] >= other[i]);
        boolean better =
                IntStream.range(0, one.length).anyMatch(i -> i % 2 == 0 ? one[i] < other[i] : one[i] > other[i]);
        return noWorse && better;
    }
}
