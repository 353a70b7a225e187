package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageShiftsTest {
    /** One variant or image, numbers that no block divides, and more variants than one block has. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 2", "7, 67, 40", "2051, 131, 3"})
    void eachShiftHasTheBitsOfASumInTheOrderOfTheImages(int variants, int images, int resamples) {
        UniformRandomProvider values = RandomSource.XO_SHI_RO_256_PP.create(images);
        double[][] deviations = new double[images][variants];
        for (double[] own : deviations) {
            for (int v = 0; v < variants; v++) {
                own[v] = values.nextDouble() - 0.5;
            }
        }

        double[][] shifts = new ImageShifts(deviations, variants).of(generators(resamples));

        UniformRandomProvider[] again = generators(resamples);
        for (int d = 0; d < resamples; d++) {
            double[] expected = oneByOne(deviations, variants, again[d]);
            assertThat(shifts[d]).isEqualTo(expected);
        }
    }

    private static UniformRandomProvider[] generators(int resamples) {
        return IntStream.range(0, resamples)
                .mapToObj(draw -> RandomSource.XO_SHI_RO_256_PP.create(1L + draw))
                .toArray(UniformRandomProvider[]::new);
    }

    private static double[] oneByOne(double[][] deviations, int variants, UniformRandomProvider random) {
        int[] times = new int[deviations.length];
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
        double[] sums = new double[variants];
        for (int i = 0; i < times.length; i++) {
            for (int v = 0; v < variants; v++) {
                sums[v] += times[i] * deviations[i][v];
            }
        }
        return sums;
    }
}
