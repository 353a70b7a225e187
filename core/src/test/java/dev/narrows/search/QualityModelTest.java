package dev.narrows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.data.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityModelTest {
    private static final MadeUpGrid GRID = MadeUpGrid.of(3, 10);
    private static final SearchFeatures FEATURES = SearchFeatures.of(GRID.candidates());

    private static List<QualityModel.Trained> trained(MadeUpGrid grid, int count) {
        int[] order = IntStream.range(0, grid.size()).toArray();
        Seeds.shuffle(Seeds.generator(1, "test", 0), order);
        return IntStream.of(order)
                .limit(count)
                .sorted()
                .mapToObj(i -> new QualityModel.Trained(
                        i, grid.qualities()[i], grid.losses().get(i)))
                .toList();
    }

    @Test
    void whatTellsNoVariantsApartIsNoFeature() {
        assertThat(FEATURES.knobs()).extracting(FeatureGroup::name).containsExactly("family", "depth", "flat", "width");
        assertThat(FEATURES.costs()).extracting(FeatureGroup::name).containsExactly("params", "macs");
    }

    @Test
    void sameResultsGiveTheSameBits() {
        Posterior one = QualityModel.likeliest(FEATURES, trained(GRID, 20), 1).posterior();
        Posterior other = QualityModel.likeliest(SearchFeatures.of(GRID.candidates()), trained(GRID, 20), 1)
                .posterior();
        assertThat(one.means()).isEqualTo(other.means());
        assertThat(one.covariances()).isDeepEqualTo(other.covariances());
    }

    @Test
    void withOneSeedATrainedVariantIsKnown() {
        List<QualityModel.Trained> trained = trained(GRID, 20);
        Posterior posterior = QualityModel.likeliest(FEATURES, trained, 1).posterior();
        for (QualityModel.Trained one : trained) {
            assertThat(posterior.means()[one.candidate()]).isCloseTo(one.quality(), within(1e-6));
            assertThat(posterior.deviation(one.candidate())).isLessThan(1e-4);
        }
    }

    @Test
    void withMoreSeedsATrainedVariantIsUncertainByTheOthers() {
        List<QualityModel.Trained> trained = trained(GRID, 20);
        QualityModel model = QualityModel.likeliest(FEATURES, trained, 3);
        Posterior posterior = model.posterior();
        assertThat(model.noise()).isGreaterThan(0);
        for (QualityModel.Trained one : trained) {
            assertThat(posterior.deviation(one.candidate()))
                    .isGreaterThan(0)
                    .isLessThan(2 * model.widening() * model.noise());
        }
    }

    @Test
    void theCheckIsThatOfLeavingEachVariantOut() {
        List<QualityModel.Trained> trained = trained(GRID, 14);
        double[] checked = QualityModel.likeliest(FEATURES, trained, 1).checkedErrors();
        int[] indices =
                trained.stream().mapToInt(QualityModel.Trained::candidate).toArray();
        double[] qualities =
                trained.stream().mapToDouble(QualityModel.Trained::quality).toArray();
        double mean = IntStream.range(0, qualities.length)
                .mapToDouble(i -> qualities[i])
                .average()
                .orElseThrow();
        double squares = 0;
        for (double quality : qualities) {
            squares += (quality - mean) * (quality - mean);
        }
        double unit = Math.sqrt(squares / (qualities.length - 1));
        Kernel kernel = new Kernel(FEATURES, indices, indices);
        double[] scaled = IntStream.range(0, qualities.length)
                .mapToDouble(i -> (qualities[i] - mean) / unit)
                .toArray();
        Scales scales = ScaleFit.of(kernel, scaled, FEATURES.all().size(), 0).get(0);
        double[][] all = kernel.covariances(scales);
        for (int out = 0; out < indices.length; out++) {
            int without = out;
            int[] others =
                    IntStream.range(0, indices.length).filter(i -> i != without).toArray();
            double[][] rest = new double[others.length][others.length];
            double[] cross = new double[others.length];
            double[] known = new double[others.length];
            for (int i = 0; i < others.length; i++) {
                for (int j = 0; j < others.length; j++) {
                    rest[i][j] = all[others[i]][others[j]] + (i == j ? scales.rough() + scales.noise() : 0);
                }
                cross[i] = all[others[i]][out];
                known[i] = scaled[others[i]];
            }
            Root root = Root.of(rest);
            double[] half = root.solved(cross);
            double[] halfKnown = root.solved(known);
            double predicted = 0;
            double variance = all[out][out] + scales.rough() + scales.noise();
            for (int i = 0; i < half.length; i++) {
                predicted += half[i] * halfKnown[i];
                variance -= half[i] * half[i];
            }
            assertThat(checked[out]).isCloseTo((scaled[out] - predicted) / Math.sqrt(variance), within(1e-6));
        }
    }

    @Test
    void intervalsHoldTheQualitiesOfVariantsThatWereNotTrained() {
        int within = 0;
        int all = 0;
        for (int seed = 0; seed < 20; seed++) {
            MadeUpGrid grid = MadeUpGrid.of(seed, 10);
            List<QualityModel.Trained> trained = trained(grid, 20);
            Posterior posterior = QualityModel.likeliest(SearchFeatures.of(grid.candidates()), trained, 1)
                    .posterior();
            List<Integer> known =
                    trained.stream().map(QualityModel.Trained::candidate).toList();
            for (int i = 0; i < grid.size(); i++) {
                if (!known.contains(i)) {
                    double error = Math.abs(grid.qualities()[i] - posterior.means()[i]);
                    within += error <= 1.96 * posterior.deviation(i) ? 1 : 0;
                    all++;
                }
            }
        }
        assertThat((double) within / all).isBetween(0.90, 0.995);
    }

    @Test
    void anOverconfidentModelIsWidened() {
        List<QualityModel.Trained> honest = trained(GRID, 20);
        List<QualityModel.Trained> wild = new ArrayList<>(honest);
        QualityModel.Trained one = wild.get(7);
        wild.set(7, new QualityModel.Trained(one.candidate(), one.quality() - 0.5, one.trainLosses()));
        QualityModel model = QualityModel.likeliest(FEATURES, wild, 1);
        double squares = 0;
        for (double error : model.checkedErrors()) {
            squares += error * error;
        }
        assertThat(model.widening()).isEqualTo(Math.max(1, Math.sqrt(squares / wild.size())));
        assertThat(model.widening())
                .isGreaterThanOrEqualTo(
                        QualityModel.likeliest(FEATURES, honest, 1).widening());
    }

    @Test
    void fewOrEqualQualitiesGiveFinitePredictions() {
        List<QualityModel.Trained> equal = trained(GRID, 4).stream()
                .map(one -> new QualityModel.Trained(one.candidate(), 0.5, one.trainLosses()))
                .toList();
        Posterior posterior = QualityModel.likeliest(FEATURES, equal, 1).posterior();
        for (int i = 0; i < GRID.size(); i++) {
            assertThat(posterior.means()[i]).isCloseTo(0.5, within(0.01));
            assertThat(posterior.deviation(i)).isFinite();
        }
    }

    @Test
    void aTrainingLossThatFollowsQualityTellsOfATrialUnderWay() {
        List<QualityModel.Trained> trained = trained(GRID, 30);
        QualityModel model = QualityModel.likeliest(FEATURES, trained, 1);
        Posterior before = model.posterior();
        List<Integer> known =
                trained.stream().map(QualityModel.Trained::candidate).toList();
        double without = 0;
        double with = 0;
        for (int i = 0; i < GRID.size(); i++) {
            if (!known.contains(i)) {
                Posterior after =
                        before.with(model.evidence(i, 4, GRID.losses().get(i).get(3), before)
                                .orElseThrow());
                assertThat(after.deviation(i)).isLessThan(before.deviation(i));
                without += Math.abs(GRID.qualities()[i] - before.means()[i]);
                with += Math.abs(GRID.qualities()[i] - after.means()[i]);
            }
        }
        assertThat(with).isLessThan(0.7 * without);
    }

    @Test
    void aLossThatIsNoNumberTellsNothing() {
        QualityModel model = QualityModel.likeliest(FEATURES, trained(GRID, 30), 1);
        assertThat(model.evidence(0, 2, Double.NaN, model.posterior())).isEmpty();
    }

    /** Eight results leave many scales possible; the same results give the same draws. */
    @Test
    void modelsOfTheSameResultsDifferInTheirScalesAndAreTheSameEachTime() {
        List<QualityModel.Trained> few = trained(GRID, 8);
        List<double[]> means = QualityModel.of(FEATURES, few, 1, 6).stream()
                .map(model -> model.posterior().means())
                .toList();
        assertThat(means).hasSize(7);
        assertThat(means.stream().map(Arrays::hashCode).distinct().count()).isGreaterThan(3);
        List<double[]> again = QualityModel.of(FEATURES, few, 1, 6).stream()
                .map(model -> model.posterior().means())
                .toList();
        for (int i = 0; i < means.size(); i++) {
            assertThat(again.get(i)).isEqualTo(means.get(i));
        }
    }
}
