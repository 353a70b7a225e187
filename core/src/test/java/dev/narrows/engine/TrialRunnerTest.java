package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.data.Dataset;
import dev.narrows.data.Samples;
import dev.narrows.data.random.Seeds;
import dev.narrows.family.Settings;
import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrialRunnerTest {
    static final Dataset DATA = new Dataset(
            SmallNetworks.INPUT,
            IntStream.range(0, SmallNetworks.CLASSES)
                    .mapToObj(i -> "class " + i)
                    .toList(),
            samples(320, 1),
            samples(100, 2),
            samples(70, 3),
            List.of(0.5, 0.5, 0.5),
            List.of(0.25, 0.25, 0.25),
            "stripes under noise");

    /**
     * Stripes under noise, lying or standing, whose period is the class: a texture that flips and crops do not change.
     */
    static Samples samples(int count, long seed) {
        UniformRandomProvider random = Seeds.generator(seed, "samples", 0);
        int length = (int) SmallNetworks.INPUT.elements();
        ByteBuffer pixels = ByteBuffer.allocateDirect(count * length);
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            labels[n] = n % SmallNetworks.CLASSES;
            for (int i = 0; i < length; i++) {
                int side = SmallNetworks.INPUT.width();
                int place = labels[n] < 5 ? i / 3 % side : i / 3 / side;
                pixels.put((byte) (random.nextInt(64) + (place % (labels[n] % 5 + 2) == 0 ? 191 : 0)));
            }
        }
        return new Samples(SmallNetworks.INPUT, pixels.flip(), labels);
    }

    static Training training(Precision precision, double rate, double timeLimit) {
        return training(3, precision, rate, timeLimit);
    }

    static Training training(int epochs, Precision precision, double rate, double timeLimit) {
        return new Training(
                epochs,
                64,
                precision,
                new Optimizer.Sgd(0.9, true, 5e-4),
                Schedule.COSINE,
                rate,
                0.5,
                0.05,
                1,
                new Augmentation(1, true),
                Loss.CROSS_ENTROPY,
                timeLimit);
    }

    static Trial trial(Layer network, long seed, Training training) {
        DataSpec spec = new DataSpec("test", Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return new Trial(
                "id" + seed,
                "variant",
                "study",
                "label",
                "family",
                new Settings(Map.of()),
                network,
                SmallNetworks.INPUT,
                SmallNetworks.CLASSES,
                seed,
                training,
                spec);
    }

    private static TrialResult run(Trial trial, Watch watch) {
        return new TrialRunner(Engine.start(1)).run(trial, DATA, "cpu", watch);
    }

    /** Values that must be the same to the bit: all that are not times. */
    static List<Object> bits(TrialResult result) {
        List<Object> bits = new ArrayList<>(List.of(result.outcome(), result.testAccuracy(), result.validationHits()));
        for (Epoch epoch : result.epochs()) {
            bits.addAll(List.of(
                    epoch.trainLoss(),
                    epoch.trainAccuracy(),
                    epoch.validationLoss(),
                    epoch.validationAccuracy(),
                    epoch.validationTop5(),
                    epoch.learningRate(),
                    epoch.firstLayerGradientNorm()));
        }
        return bits;
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void sameBitsAloneAndBesideThreeOthers(Precision precision) throws Exception {
        Training training = training(precision, 0.05, 0);
        Trial trial = trial(SmallNetworks.bottleneck(), 5, training);
        TrialResult byItself = run(trial, Watch.none());
        List<Object> alone = bits(byItself);
        assertThat(byItself.peakMemoryBytes()).isBetween(50L << 20, 64L << 30);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<TrialResult>> calls = new ArrayList<>();
            calls.add(() -> run(trial, Watch.none()));
            for (Layer other : SmallNetworks.all().values()) {
                calls.add(() -> run(trial(other, calls.size(), training), Watch.none()));
            }
            List<Future<TrialResult>> results = threads.invokeAll(calls);
            assertThat(bits(results.get(0).get())).isEqualTo(alone);
            assertThat(results.get(0).get().peakMemoryBytes()).isNull();
            for (Future<TrialResult> result : results) {
                assertThat(result.get().outcome()).isEqualTo(Outcome.COMPLETED);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void learnsWhatThereIsToLearn() {
        TrialResult result = run(trial(SmallNetworks.bottleneck(), 0, training(Precision.FP32, 0.1, 0)), Watch.none());
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.epochs()).hasSize(3);
        assertThat(result.epochs().get(2).trainLoss())
                .isLessThan(result.epochs().get(0).trainLoss());
        assertThat(result.finalValidationAccuracy()).isGreaterThan(0.4);
        assertThat(result.validationHits().cardinality())
                .isEqualTo((int) Math.round(result.finalValidationAccuracy() * 100));
        assertThat(result.testAccuracy()).isGreaterThan(0.4);
    }

    @Test
    void balancedAccuracyIsTheMeanOverClassesOfTheShareThatIsRight() {
        TrialResult result = run(trial(SmallNetworks.bottleneck(), 0, training(Precision.FP32, 0.1, 0)), Watch.none());
        Samples images = DATA.validation();
        Map<Integer, List<Boolean>> right = IntStream.range(0, images.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        images::label,
                        Collectors.mapping(i -> result.validationHits().get(i), Collectors.toList())));
        double mean = right.values().stream()
                .mapToDouble(own -> (double) own.stream().filter(hit -> hit).count() / own.size())
                .average()
                .orElseThrow();
        assertThat(result.validationBalancedAccuracy()).isCloseTo(mean, within(1e-12));
        assertThat(result.testBalancedAccuracy()).isBetween(0.0, 1.0);
    }

    /** A network that gives everything the class of nine images in ten is no better than chance. */
    @Test
    void aClassOfFewImagesCountsAsMuchAsOneOfMany() {
        assertThat(Evaluation.balanced(new long[] {90, 0, 0}, new long[] {90, 10, 0}))
                .isEqualTo(0.5);
    }

    @Test
    void anotherSeedIsAnotherTrial() {
        Training training = training(Precision.FP32, 0.05, 0);
        assertThat(bits(run(trial(SmallNetworks.bottleneck(), 1, training), Watch.none())))
                .isNotEqualTo(bits(run(trial(SmallNetworks.bottleneck(), 2, training), Watch.none())));
    }

    /** Diverges at its second step, or soon after. */
    private static Training wild() {
        return wild(3, 64);
    }

    private static Training wild(int epochs, int batchSize) {
        return new Training(
                epochs,
                batchSize,
                Precision.FP32,
                new Optimizer.Sgd(0, false, 0),
                Schedule.CONSTANT,
                1e30,
                0,
                0,
                0,
                new Augmentation(0, false),
                Loss.CROSS_ENTROPY,
                0);
    }

    /** The first epoch did not end, and yet its steps took time. */
    @Test
    void aTrialThatEndsWithinAnEpochHasTheSpeedOfItsSteps() {
        TrialResult result = run(trial(SmallNetworks.bottleneck(), 0, wild()), Watch.none());
        assertThat(result.epochs()).isEmpty();
        assertThat(result.trainSeconds()).isPositive();
        assertThat(result.imagesPerSecond()).isPositive().isFinite();
        assertThat(result.outsideShare()).isBetween(0.0, 1.0);
    }

    @Test
    void divergenceIsSeenAtTheStepWhereItHappens() {
        TrialResult result = run(trial(SmallNetworks.bottleneck(), 0, wild()), Watch.none());
        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.message()).matches("Cannot go on training: the loss was .* in epoch 1, step [2-5] of 5");
        assertThat(result.finalValidationAccuracy()).isNull();
    }

    /** Its loss was that of the initial weights. */
    @Test
    void divergenceByTheLastStepIsSeenInTheValidation() {
        TrialResult result = run(trial(SmallNetworks.bottleneck(), 0, wild(1, 1000)), Watch.none());
        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.message())
                .matches("Cannot go on training: the loss on the validation images was (NaN|Infinity) after epoch 1");
        assertThat(result.finalValidationAccuracy()).isNull();
    }

    @Test
    void timeLimitEndsATrial() {
        TrialResult result =
                run(trial(SmallNetworks.bottleneck(), 0, training(Precision.FP32, 0.1, 1e-6)), Watch.none());
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.message()).contains("was reached after 0 of 3 epochs");
    }

    @Test
    void cancelledTrialHasNoResult() {
        Watch afterOneEpoch = new Watch() {
            private boolean ended;

            @Override
            public boolean cancelled() {
                return ended;
            }

            @Override
            public void epoch(Epoch epoch) {
                ended = true;
            }
        };
        Trial trial = trial(SmallNetworks.bottleneck(), 0, training(Precision.FP32, 0.1, 0));
        assertThatThrownBy(() -> run(trial, afterOneEpoch))
                .isInstanceOf(CancellationException.class)
                .hasMessage("Cancelled after 1 epochs");
    }

    @Test
    void networkThatDoesNotFitTheDataFailsWithAMessage() {
        TrialResult result = run(trial(Chain.identity(), 0, training(Precision.FP32, 0.1, 0)), Watch.none());
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .isEqualTo("Cannot train label: it puts out 3x12x12, and the data has one label per image");
    }
}
