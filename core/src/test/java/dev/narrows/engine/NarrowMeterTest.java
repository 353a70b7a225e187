package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Normalisation;
import dev.narrows.data.Samples;
import dev.narrows.net.Activation;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Lowering;
import dev.narrows.program.Parameter;
import dev.narrows.program.Weights;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.NarrowEnd;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.TrialResult;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The measures of a narrow end are those of its activations. */
class NarrowMeterTest {
    private static final Shape INPUT = SmallNetworks.INPUT;
    private static final Normalisation NORMALISATION = Normalisation.of(TrialRunnerTest.DATA);
    private static final Samples IMAGES = TrialRunnerTest.DATA.validation();

    /** The first channel of an image, its negative, its double, and nothing: four channels of one direction. */
    private static final float[] ONE_DIRECTION = {1, 0, 0, -1, 0, 0, 2, 0, 0, 0, 0, 0};

    /** Measures a network of one convolution, of any number of images a batch. */
    private static NarrowEnd measure(Layer network, float[] weights, int atOnce) {
        Weights values = new Weights();
        for (Parameter slot : Lowering.of(network, INPUT).parameters()) {
            values.put(
                    slot,
                    slot.role() == Parameter.Role.WEIGHT
                            ? weights
                            : new float[slot.shape().elements()]);
        }
        byte[] archive = TrainingModule.of(
                network, INPUT, values, ElementType.FP32, Form.CHANNELS_LAST, new Optimizer.Sgd(0.9, true, 0), 0, 0);
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, archive)) {
            NarrowEnds ends = NarrowMeter.of(module, network, INPUT, IMAGES, NORMALISATION, atOnce);
            assertThat(ends.images()).isEqualTo(IMAGES.size());
            assertThat(ends.ends()).hasSize(1);
            return ends.ends().get(0);
        }
    }

    /** The first channel of every position of every image as networks see it. */
    private static double[] firstChannel() {
        double[] values = new double[(int) (IMAGES.size() * INPUT.positions())];
        byte[] pixels = new byte[(int) INPUT.elements()];
        int at = 0;
        for (int n = 0; n < IMAGES.size(); n++) {
            IMAGES.copy(n, pixels, 0);
            for (int i = 0; i < pixels.length; i += INPUT.channels()) {
                values[at++] = ((pixels[i] & 0xFF) / 255.0 - 0.5) / 0.25;
            }
        }
        return values;
    }

    private static double covariance(double[] one, double[] other) {
        double first = Arrays.stream(one).average().orElseThrow();
        double second = Arrays.stream(other).average().orElseThrow();
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - first) * (other[i] - second);
        }
        return sum / one.length;
    }

    @Test
    void aLinearEndSilencesNothingAndItsChannelsMayBeOneDirection() {
        NarrowEnd end = measure(Chain.of(Conv.pointwise(3, 4, false), new Tap("block")), ONE_DIRECTION, 64);
        assertThat(end.block()).isEqualTo("block");
        assertThat(end.channels()).isEqualTo(4);
        assertThat(end.deadShare()).isZero();
        assertThat(end.effectiveRank()).isCloseTo(1, within(1e-3));
    }

    @Test
    void whatAReluSilencedIsCountedAndItsRankIsThatOfItsCovariance() {
        Layer network = Chain.of(Conv.pointwise(3, 4, false), new Activation(Activation.Kind.RELU), new Tap("block"));
        NarrowEnd end = measure(network, ONE_DIRECTION, 64);
        double[] values = firstChannel();
        double negative = Arrays.stream(values).filter(v -> v <= 0).count() / (double) values.length;
        // x and 2x are silenced where x is not positive, -x elsewhere, and nothing is always 0.
        assertThat(end.deadShare()).isCloseTo((2 * negative + (1 - negative) + 1) / 4, within(1e-6));

        // x and 2x are one direction of five times the variance; with -x there are two, whose 2x2 covariance is known.
        double[] up =
                Arrays.stream(values).map(v -> Math.sqrt(5) * Math.max(0, v)).toArray();
        double[] down = Arrays.stream(values).map(v -> Math.max(0, -v)).toArray();
        double a = covariance(up, up);
        double b = covariance(up, down);
        double c = covariance(down, down);
        double root = Math.sqrt((a - c) * (a - c) / 4 + b * b);
        double[] singular = {Math.sqrt((a + c) / 2 + root), Math.sqrt((a + c) / 2 - root)};
        double share = singular[0] / (singular[0] + singular[1]);
        double expected = Math.exp(-share * Math.log(share) - (1 - share) * Math.log(1 - share));
        assertThat(end.effectiveRank()).isCloseTo(expected, within(1e-3));
    }

    @Test
    void batchesAreMergedWithoutLoss() {
        Layer network = Chain.of(Conv.pointwise(3, 4, false), new Activation(Activation.Kind.RELU6), new Tap("block"));
        float[] weights = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, -1, 1};
        NarrowEnd whole = measure(network, weights, 100);
        NarrowEnd parts = measure(network, weights, 7);
        assertThat(parts.deadShare()).isEqualTo(whole.deadShare());
        assertThat(parts.effectiveRank())
                .isCloseTo(whole.effectiveRank(), within(1e-4))
                .isBetween(2.0, 4.0);
    }

    @Test
    void whatFollowsATapDoesNotChangeWhatIsMeasuredThere() {
        Layer conv = Conv.pointwise(3, 4, false);
        NarrowEnd last = measure(Chain.of(conv, new Tap("block")), ONE_DIRECTION, 64);
        // A ReLU of what nobody else reads writes over it.
        NarrowEnd middle =
                measure(Chain.of(conv, new Tap("block"), new Activation(Activation.Kind.RELU)), ONE_DIRECTION, 64);
        assertThat(middle).isEqualTo(last);
    }

    @Test
    void evenSingularValuesAreFullRankAndNoneIsNone() {
        assertThat(NarrowMeter.effectiveRank(new double[] {3, 3, 3, 3})).isCloseTo(4, within(1e-12));
        assertThat(NarrowMeter.effectiveRank(new double[] {5, 0, 0})).isEqualTo(1);
        assertThat(NarrowMeter.effectiveRank(new double[] {0, 0})).isZero();
    }

    @Test
    void aTrialSaysWhatItsNarrowEndsLost() {
        Layer network = Chain.of(SmallNetworks.tapped(), new Tap("scores"));
        TrialResult result = new TrialRunner(Engine.start(1))
                .run(
                        TrialRunnerTest.trial(network, 3, TrialRunnerTest.training(Precision.BF16, 0.05, 0)),
                        TrialRunnerTest.DATA,
                        "cpu",
                        Watch.none());
        assertThat(result.message()).isNull();
        NarrowEnds ends = result.narrows();
        assertThat(ends).isNotNull();
        assertThat(ends.ends()).extracting(NarrowEnd::block).containsExactly("narrow", "linear", "scores");
        assertThat(ends.ends().get(0).deadShare()).isBetween(0.05, 0.95);
        assertThat(ends.ends().get(1).deadShare()).isZero();
        assertThat(ends.ends()).allSatisfy(end -> assertThat(end.rankShare()).isBetween(0.1, 1.0));
    }
}
