package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Of variants that are said to be on the front with a probability, about that share truly is. */
class FrontCalibrationTest {
    private static final int STUDIES = 300;
    private static final int VARIANTS = 10;
    private static final int FIFTHS = 5;

    /**
     * Deviation of the true scores between variants: about 2.4 points of accuracy, little more than what 500 images
     * tell.
     */
    private static final double SPREAD = 0.1;

    private static final List<Objective> OBJECTIVES = List.of(
            new Objective(Measure.VALIDATION_ACCURACY, Direction.MAXIMIZE),
            new Objective(Measure.PARAMS, Direction.MINIMIZE));

    /** Stated probability and observed share of the variants in one fifth of the probabilities. */
    private record Said(int fifth, double probability, boolean onFront) {}

    @Test
    void asManyAreOnTheFrontAsTheProbabilitiesSay() {
        List<Said> all = LongStream.range(0, STUDIES)
                .parallel()
                .boxed()
                .flatMap(number -> of(number).stream())
                .toList();
        for (int fifth = 0; fifth < FIFTHS; fifth++) {
            int own = fifth;
            List<Said> of = all.stream().filter(said -> said.fifth == own).toList();
            double said = of.stream().mapToDouble(Said::probability).average().orElseThrow();
            double was = (double) of.stream().filter(Said::onFront).count() / of.size();
            assertThat(was).as("fifth %d, %d variants", fifth, of.size()).isCloseTo(said, within(0.1));
        }
        double said = all.stream().mapToDouble(Said::probability).average().orElseThrow();
        assertThat((double) all.stream().filter(Said::onFront).count() / all.size())
                .isCloseTo(said, within(0.02));
    }

    /** The cheapest variant is always on the front and does not count. */
    private static List<Said> of(long number) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(number);
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] levels = new double[VARIANTS];
        double[] deviations = new double[VARIANTS];
        for (int v = 0; v < VARIANTS; v++) {
            levels[v] = 1 + SPREAD * normal.sample();
            deviations[v] = 0.1;
        }
        SimulatedStudy study = new SimulatedStudy(levels, deviations, 0, 3, 500);
        List<VariantSummary> found = study.run(number);
        FrontCertainty front = Certainty.of(found, Measure.VALIDATION_ACCURACY).front(OBJECTIVES);
        List<Said> said = new ArrayList<>();
        double best = study.truth(0);
        for (int v = 1; v < VARIANTS; v++) {
            double probability = front.of(found.get(v)).orElseThrow();
            boolean on = study.truth(v) > best;
            best = Math.max(best, study.truth(v));
            said.add(new Said(Math.min(FIFTHS - 1, (int) (probability * FIFTHS)), probability, on));
        }
        return said;
    }
}
