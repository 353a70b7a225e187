package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.checkpoint.StepClock;
import dev.narrows.data.Batches;
import dev.narrows.data.Normalisation;
import dev.narrows.net.Layer;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many steps are read together, an epoch is the same. */
class TrainingLoopTest {
    private static final int BATCH = 4;
    private static final int STEPS = TrialRunnerTest.DATA.train().size() / BATCH;

    /** Clocks by which every step takes no time at all, and more than half a second. */
    private static final LongSupplier STOPPED = () -> 0;

    private static LongSupplier hurrying() {
        long[] now = {0};
        return () -> now[0] += 1_000_000_000;
    }

    private static Training training(Precision precision, double rate) {
        return new Training(
                1,
                BATCH,
                precision,
                new Optimizer.Sgd(0.9, false, 0),
                Schedule.CONSTANT,
                rate,
                0,
                0,
                0,
                new Augmentation(0, false),
                Loss.CROSS_ENTROPY,
                0);
    }

    /** A pass, with the copies that it made and the steps that it began. */
    private static final class Passed {
        private EpochSums sums = new EpochSums(1);
        private long uploads;
        private long reads;
        private int begun;

        private Epoch epoch() {
            return sums.epoch(0, 0, new Evaluation(0, 0, 0, null, null, null, null, null), 0);
        }
    }

    private static Passed pass(Training training, LongSupplier clock) {
        Passed passed = new Passed();
        pass(training, clock, passed, () -> passed.begun++);
        return passed;
    }

    private static void pass(Training training, LongSupplier clock, Passed passed, TrainingLoop.Guard guard) {
        Layer network = SmallNetworks.bottleneck();
        byte[] archive = TrainingModule.of(
                network,
                SmallNetworks.INPUT,
                Initialisation.of(Lowering.of(network, SmallNetworks.INPUT), 0),
                Engine.elementType(training.precision()),
                Form.CHANNELS_LAST,
                training.optimizer(),
                new Target.Label(0),
                0);
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, archive);
                ImageFeed feed = new ImageFeed(
                        module,
                        Batches.training(TrialRunnerTest.DATA.train(), training.augmentation(), 0, BATCH),
                        Normalisation.of(TrialRunnerTest.DATA));
                TrainingLoop loop = new TrainingLoop(
                        module,
                        feed,
                        training,
                        1,
                        false,
                        true,
                        new ReadingPace(clock),
                        guard,
                        StepClock.first(false))) {
            long uploads = module.transfers().uploads();
            passed.sums = loop.pass(1, new TrainingTime());
            passed.uploads = module.transfers().uploads() - uploads;
            passed.reads = module.transfers().reads();
        }
    }

    private static String reason(Training training, LongSupplier clock, Passed passed, TrainingLoop.Guard guard) {
        TrialStop stop = catchThrowableOfType(TrialStop.class, () -> pass(training, clock, passed, guard));
        assertThat(stop.outcome()).isEqualTo(Outcome.DIVERGED);
        return stop.getMessage();
    }

    @Test
    void anEpochSendsItsDrawsAndLabelsAndNothingAtAStep() {
        Passed passed = pass(training(Precision.FP32, 0.01), STOPPED);
        // 1, 2, 4, 8, 16 and 32 steps, and those that are left.
        assertThat(STEPS).isEqualTo(80);
        assertThat(passed.reads).isEqualTo(7);
        assertThat(passed.uploads).isEqualTo(2);
        assertThat(passed.begun).isEqualTo(STEPS);
    }

    @Test
    void slowStepsAreReadOneByOne() {
        assertThat(pass(training(Precision.FP32, 0.01), hurrying()).reads).isEqualTo(STEPS);
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "FP16"})
    void anEpochHasTheSameBitsHoweverManyStepsAreReadTogether(Precision precision) {
        Training training = training(precision, 0.01);
        Epoch together = pass(training, STOPPED).epoch();
        assertThat(together).isEqualTo(pass(training, hurrying()).epoch());
        assertThat(together.trainLoss()).isPositive();
        assertThat(together.firstLayerGradientNorm()).isPositive();
    }

    /** The device decides on the scale of the loss itself. */
    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "FP16"})
    void noPrecisionWaitsAtAStep(Precision precision) {
        assertThat(pass(training(precision, 0.01), STOPPED).reads).isEqualTo(7);
    }

    @Test
    void theFirstLossThatIsNotFiniteIsNamedThoughItIsReadLater() {
        Training wild = training(Precision.FP32, 1e30);
        Passed oneByOne = new Passed();
        String expected = reason(wild, hurrying(), oneByOne, () -> oneByOne.begun++);
        assertThat(expected).isEqualTo("Cannot go on training: the loss was NaN in epoch 1, step 2 of 80");
        Passed together = new Passed();
        assertThat(reason(wild, STOPPED, together, () -> together.begun++)).isEqualTo(expected);
        assertThat(oneByOne.begun).isEqualTo(2);
        assertThat(together.begun)
                .as("the loss was not yet read when the next step began")
                .isEqualTo(3);
    }

    /** Reading losses late does not hide that a step diverged. */
    @Test
    void anEarlierLossGoesBeforeALaterReason() {
        Passed passed = new Passed();
        String reason = reason(training(Precision.FP32, 1e30), STOPPED, passed, () -> {
            if (++passed.begun == 3) {
                throw new TrialStop(Outcome.TIMED_OUT, "the time is over");
            }
        });
        assertThat(reason).isEqualTo("Cannot go on training: the loss was NaN in epoch 1, step 2 of 80");
    }
}
