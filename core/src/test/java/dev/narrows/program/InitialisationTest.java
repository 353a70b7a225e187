package dev.narrows.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitialisationTest {
    private static final Layer NETWORK =
            Chain.of(Conv.same(16, 64, 3, 1, 4, true), Conv.pointwise(64, 64, false), new Linear(64, 100, true));

    private static final Program PROGRAM = Lowering.of(NETWORK, new Shape(16, 1, 1));

    private static double variance(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .average()
                .orElseThrow();
    }

    @Test
    void varianceIsTwoOverFanInOfAGroupAndOneOverItAtTheEnd() {
        Weights weights = Initialisation.of(PROGRAM, 7);
        var parameters = PROGRAM.parameters();
        assertThat(variance(weights.get(parameters.get(0)))).isCloseTo(2.0 / (4 * 9), within(0.006));
        assertThat(variance(weights.get(parameters.get(2)))).isCloseTo(2.0 / 64, within(0.003));
        assertThat(variance(weights.get(parameters.get(3)))).isCloseTo(1.0 / 64, within(0.0015));
        assertThat(weights.get(parameters.get(1))).containsOnly(0f);
    }

    @Test
    void seedAloneDecides() {
        Parameter first = PROGRAM.parameters().get(0);
        float[] once = Initialisation.of(PROGRAM, 1).get(first);
        assertThat(Initialisation.of(PROGRAM, 1).get(first)).isEqualTo(once);
        assertThat(Initialisation.of(PROGRAM, 2).get(first)).isNotEqualTo(once);
        // A change of the generator would change every study's accuracies: it must be a decision.
        assertThat(once[0]).isEqualTo(GOLDEN);
    }

    private static final float GOLDEN = 0.045261633f;
}
