package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.data.Dataset;
import dev.narrows.data.Samples;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.study.Loss;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trials that are allowed but strange, and trials that cannot be. */
class OddTrialsTest {
    private static final Training TRAINING = TrialRunnerTest.training(1, Precision.FP32, 0.05, 0);

    private static Layer network(int classes) {
        return Chain.of(Conv.same(3, 4, 3, 1, 1, true), new AdaptivePool(1), new Linear(4, classes, true));
    }

    private static Trial trial(int classes, Training training) {
        return trial(network(classes), classes, training);
    }

    private static Trial trial(Layer network, int classes, Training training) {
        Trial of = TrialRunnerTest.trial(network, 0, training);
        return new Trial(
                of.id(),
                of.variantId(),
                of.study(),
                of.variant(),
                of.family(),
                of.settings(),
                of.network(),
                of.input(),
                classes,
                of.seed(),
                training,
                of.data());
    }

    private static Dataset data(int classes, int... labels) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(labels.length * (int) SmallNetworks.INPUT.elements());
        Samples samples = new Samples(SmallNetworks.INPUT, pixels, labels);
        return new Dataset(
                SmallNetworks.INPUT,
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
                samples,
                samples,
                samples,
                List.of(0.5, 0.5, 0.5),
                List.of(0.25, 0.25, 0.25),
                "black");
    }

    private static TrialResult run(Trial trial, Dataset data, String device) {
        return new TrialRunner(Engine.start(1)).run(trial, data, device, Watch.none());
    }

    @Test
    void batchLargerThanTheDataIsOneSmallerBatch() {
        Training wide = new Training(
                1,
                1_000_000_000,
                Precision.FP32,
                TRAINING.optimizer(),
                TRAINING.schedule(),
                TRAINING.learningRate(),
                0,
                0,
                0,
                TRAINING.augmentation(),
                Loss.CROSS_ENTROPY,
                0);
        TrialResult result = run(trial(3, wide), data(3, 0, 1, 2), "cpu");
        assertThat(result.outcome()).as(String.valueOf(result.message())).isEqualTo(Outcome.COMPLETED);
        assertThat(result.epochs()).hasSize(1);
    }

    /** A batch norm over the single position of a pooled map. */
    private static Trial normOfOnePosition(int batchSize) {
        Layer network = Chain.of(
                Conv.same(3, 4, 3, 1, 1, false),
                new AdaptivePool(1),
                new Norm(Norm.Kind.BATCH, 4),
                new Linear(4, 3, true));
        Training training = new Training(
                1,
                batchSize,
                Precision.FP32,
                TRAINING.optimizer(),
                TRAINING.schedule(),
                TRAINING.learningRate(),
                0,
                0,
                0,
                TRAINING.augmentation(),
                Loss.CROSS_ENTROPY,
                0);
        return trial(network, 3, training);
    }

    @Test
    void lastBatchOfOneImageIsNoTroubleForBatchNorm() {
        TrialResult result = run(normOfOnePosition(2), data(3, 0, 1, 2), "cpu");
        assertThat(result.outcome()).as(String.valueOf(result.message())).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void batchesOfOneImageAreRefusedWhereBatchNormHasOnePosition() {
        TrialResult result = run(normOfOnePosition(1), data(3, 0, 1, 2), "cpu");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .isEqualTo(
                        "Cannot train in batches of one image: a batch norm over maps of 1x1 needs two values or more"
                                + " of each channel (take a larger batch-size, or norm = layer)");
    }

    @Test
    void oneClassIsAlwaysRight() {
        TrialResult result = run(trial(1, TRAINING), data(1, 0, 0, 0), "cpu");
        assertThat(result.outcome()).as(String.valueOf(result.message())).isEqualTo(Outcome.COMPLETED);
        assertThat(result.finalValidationAccuracy()).isEqualTo(1);
        assertThat(result.epochs().get(0).validationLoss()).isZero();
    }

    @Test
    void labelBeyondTheClassesIsRefused() {
        TrialResult result = run(trial(3, TRAINING), data(3, 0, 3, 1), "cpu");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .isEqualTo("Cannot train on training image 1: its label is 3, and 3 classes have labels from 0 to 2");
    }

    @Test
    void deviceThatIsNotThereIsNamed() {
        TrialResult result = run(trial(3, TRAINING), data(3, 0, 1, 2), "gpu:97");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).startsWith("Cannot compute on gpu:97: the engine of this process ");
    }
}
