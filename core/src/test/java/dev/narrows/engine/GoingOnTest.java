package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.checkpoint.Checkpoint;
import dev.narrows.checkpoint.CheckpointSize;
import dev.narrows.checkpoint.MemoryCheckpoints;
import dev.narrows.checkpoint.StateLayout;
import dev.narrows.checkpoint.StepClock;
import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Resumption;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A trial that goes on from a checkpoint ends with the bits of one that never stopped. */
class GoingOnTest {
    private static final int EPOCHS = 3;
    private static final List<Optimizer> OPTIMIZERS = List.of(
            new Optimizer.Sgd(0.9, true, 5e-4),
            new Optimizer.Sgd(0, false, 0),
            new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.05));

    private static final Dataset DATA = new Dataset(
            TrialRunnerTest.DATA.shape(),
            TrialRunnerTest.DATA.classNames(),
            TrialRunnerTest.samples(100, 1),
            TrialRunnerTest.samples(40, 2),
            TrialRunnerTest.samples(30, 3),
            List.of(0.5, 0.5, 0.5),
            List.of(0.25, 0.25, 0.25),
            "stripes");

    @TempDir
    Path folder;

    /** All that must be the same: figures, hits and weights, and the outcome. */
    private record Bits(Outcome outcome, List<Object> figures, List<String> weights) {}

    /** One run, with what it left. */
    private record Run(TrialResult result, Bits bits, MemoryCheckpoints checkpoints) {}

    private static Run run(Trial trial, Dataset data, MemoryCheckpoints checkpoints) {
        return run(trial, data, checkpoints, 0);
    }

    /** @param pause the epoch after which the trial is to pause, 0 for none */
    private static Run run(Trial trial, Dataset data, MemoryCheckpoints checkpoints, int pause) {
        List<byte[]> archives = new ArrayList<>();
        TrialResult result = new TrialRunner(Engine.start(1))
                .run(trial, data, "cpu", watch(epoch -> epoch == pause, archives), checkpoints);
        assertThat(checkpoints.failures()).isEmpty();
        return new Run(result, bits(result, archives), checkpoints);
    }

    /**
     * A watch that cancels nothing.
     *
     * @param pauses true for an epoch after which the trial is to pause
     * @param archives takes what was trained
     */
    private static Watch watch(IntPredicate pauses, List<byte[]> archives) {
        return new Watch() {
            @Override
            public boolean cancelled() {
                return false;
            }

            @Override
            public void epoch(Epoch epoch) {}

            @Override
            public boolean pauses(Epoch epoch) {
                return pauses.test(epoch.epoch());
            }

            @Override
            public void trained(Supplier<byte[]> archive) {
                archives.add(archive.get());
            }
        };
    }

    private static Bits bits(TrialResult result, List<byte[]> archives) {
        List<Object> figures = new ArrayList<>(Arrays.asList(
                result.message(),
                result.testAccuracy(),
                result.testTop5(),
                result.testOverlap(),
                result.validationHits(),
                result.narrows(),
                result.form()));
        for (Epoch epoch : result.epochs()) {
            figures.addAll(Arrays.asList(
                    epoch.epoch(),
                    epoch.trainLoss(),
                    epoch.trainAccuracy(),
                    epoch.validationLoss(),
                    epoch.validationAccuracy(),
                    epoch.validationTop5(),
                    epoch.learningRate(),
                    epoch.firstLayerGradientNorm(),
                    epoch.validationOverlap()));
        }
        return new Bits(
                result.outcome(),
                figures,
                archives.stream()
                        .flatMap(archive -> TrialBits.sums(archive).stream())
                        .toList());
    }

    /** Goes on from each epoch of an undisturbed run, in the file that it left, and expects the same end. */
    private static void sameBitsFromEveryEpoch(Trial trial, Dataset data) throws Exception {
        Run whole = run(trial, data, new MemoryCheckpoints());
        assertThat(whole.result().outcome())
                .as("%s %s", trial.training(), whole.result().message())
                .isEqualTo(Outcome.COMPLETED);
        assertThat(whole.bits().weights()).isNotEmpty();
        assertThat(whole.result().resumption()).isNull();
        Map<Integer, byte[]> files = whole.checkpoints().byEpoch();
        assertThat(files).hasSize(trial.training().epochs() - 1);
        for (Map.Entry<Integer, byte[]> file : files.entrySet()) {
            Run second = run(trial, data, new MemoryCheckpoints(file.getValue()));
            assertThat(second.bits())
                    .as("%s from %d", trial.training(), file.getKey())
                    .isEqualTo(whole.bits());
            Resumption resumption = Objects.requireNonNull(second.result().resumption());
            assertThat(resumption.afterEpochs()).isEqualTo(file.getKey());
            assertThat(resumption.wentOn()).isTrue();
            assertThat(second.result().totalSeconds()).isGreaterThan(resumption.earlierSeconds());
            for (Map.Entry<Integer, byte[]> later :
                    second.checkpoints().byEpoch().entrySet()) {
                Checkpoint one = MemoryCheckpoints.read(later.getValue());
                Checkpoint other = MemoryCheckpoints.read(Objects.requireNonNull(files.get(later.getKey())));
                assertThat(one.tensors()).isEqualTo(other.tensors());
                assertThat(one.clock()).isEqualTo(other.clock());
                assertThat(one.effort().images()).isEqualTo(other.effort().images());
            }
        }
    }

    private static Training training(Precision precision, Optimizer optimizer, Schedule schedule) {
        return new Training(
                EPOCHS,
                32,
                precision,
                optimizer,
                schedule,
                0.02,
                0.5,
                0.05,
                1,
                new Augmentation(1, true),
                Loss.CROSS_ENTROPY,
                0);
    }

    static Stream<Arguments> kindsOfTraining() {
        List<Arguments> all = new ArrayList<>();
        for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.FP16)) {
            for (Optimizer optimizer : OPTIMIZERS) {
                for (Schedule schedule : Schedule.values()) {
                    all.add(Arguments.of(precision, optimizer, schedule));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("kindsOfTraining")
    void sameBitsInEveryPrecisionWithEveryOptimizerAndSchedule(
            Precision precision, Optimizer optimizer, Schedule schedule) throws Exception {
        sameBitsFromEveryEpoch(
                TrialRunnerTest.trial(SmallNetworks.tapped(), 5, training(precision, optimizer, schedule)), DATA);
    }

    @Test
    void aTrialThatPausesKeepsItsStateAndGoesOnWithTheSameBits() {
        Trial trial = TrialRunnerTest.trial(
                SmallNetworks.tapped(), 5, training(Precision.FP32, OPTIMIZERS.get(0), Schedule.ONE_CYCLE));
        Run whole = run(trial, DATA, new MemoryCheckpoints());
        Run paused = run(trial, DATA, new MemoryCheckpoints(), 2);
        assertThat(paused.result().outcome()).isEqualTo(Outcome.PAUSED);
        assertThat(paused.result().message())
                .startsWith("Paused after epoch 2 of 3: with its training loss of ")
                .endsWith(" it is unlikely to be on the front");
        assertThat(paused.result().epochs()).hasSize(2);
        assertThat(paused.result().finalValidationAccuracy()).isNull();
        byte[] file = Objects.requireNonNull(paused.checkpoints().byEpoch().get(2));

        // As where a process died between the checkpoint and the pause.
        Run again = run(trial, DATA, new MemoryCheckpoints(file), 2);
        assertThat(again.result().outcome()).isEqualTo(Outcome.PAUSED);
        assertThat(again.result().epochs()).isEqualTo(paused.result().epochs());
        assertThat(again.checkpoints().byEpoch()).isEmpty();

        Run gone = run(trial, DATA, new MemoryCheckpoints(file));
        assertThat(gone.bits()).isEqualTo(whole.bits());
    }

    @Test
    void aTrialWhoseStateCannotBeKeptTrainsToItsEnd() {
        Trial trial = TrialRunnerTest.trial(
                SmallNetworks.tapped(), 5, training(Precision.FP32, OPTIMIZERS.get(0), Schedule.ONE_CYCLE));
        TrialResult result =
                new TrialRunner(Engine.start(1)).run(trial, DATA, "cpu", watch(epoch -> true, new ArrayList<>()));
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.epochs()).hasSize(EPOCHS);
    }

    @Test
    void sameBitsOfEveryKindOfNetwork() throws Exception {
        for (var network : SmallNetworks.all().values()) {
            sameBitsFromEveryEpoch(
                    TrialRunnerTest.trial(network, 3, training(Precision.FP32, OPTIMIZERS.get(0), Schedule.COSINE)),
                    DATA);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "FP16"})
    void sameBitsOfMasks(Precision precision) throws Exception {
        Path file = folder.resolve("study.conf");
        Files.writeString(file, """
                study = masks
                data { source = "bundled:cells", train = 20, validation = 6, test = 6 }
                grid = [ { family = u-net, base-width = 4, depth = 1 } ]
                training { epochs = 3, batch-size = 8, precision = %s, loss = [cross-entropy, cross-entropy-and-dice]
                  augment { flip = true, elastic = 2 }
                  optimizer { name = adamw, learning-rate = 0.01 } }
                """.formatted(precision.name().toLowerCase(java.util.Locale.ROOT)));
        Study study = StudyReader.read(file, List.of());
        DataSpec spec = study.data().get(0);
        Dataset images = Datasets.open(spec, new Configuration(false));
        Plan plan = Planner.plan(study, new Study.Input(images.shape(), images.classes(), Optional.of(images.task())));
        List<Trial> trials = plan.trials(study, Map.of(spec, images.fingerprint()), precision);
        assertThat(trials).hasSize(2);
        for (Trial trial : trials) {
            sameBitsFromEveryEpoch(trial, images);
        }
    }

    /** The form of GPUs has an optimizer of its own, which a processor can run too. */
    @Test
    void everyFormGoesOnWithTheSameBits() {
        for (Form form : Form.values()) {
            // Only bf16 is blocked; a processor need not know it in other precisions.
            List<Precision> precisions = form == Form.BLOCKED
                    ? List.of(Precision.BF16)
                    : List.of(Precision.FP32, Precision.BF16, Precision.FP16);
            for (Precision precision : precisions) {
                for (Optimizer optimizer : OPTIMIZERS) {
                    State whole = steps(form, precision, optimizer, Optional.empty(), 6);
                    State half = steps(form, precision, optimizer, Optional.empty(), 3);
                    State gone = steps(form, precision, optimizer, Optional.of(half), 3);
                    assertThat(gone.clock()).isEqualTo(whole.clock());
                    assertThat(gone.tensors())
                            .as("%s %s %s", form, precision, optimizer)
                            .isEqualTo(whole.tensors());
                    assertThat(half.tensors()).isNotEqualTo(whole.tensors());
                }
            }
        }
    }

    private record State(ByteBuffer tensors, StepClock clock) {}

    private static State steps(Form form, Precision precision, Optimizer optimizer, Optional<State> from, int count) {
        var network = SmallNetworks.bottleneck();
        Program program = Rules.training(network, SmallNetworks.INPUT, Engine.elementType(precision), form);
        StateLayout layout = StateLayout.of(program, optimizer);
        Weights weights =
                from.map(state -> layout.weights(state.tensors())).orElseGet(() -> Initialisation.of(program, 0));
        Map<String, Weights> kept =
                from.map(state -> layout.kept(state.tensors())).orElse(Map.of());
        byte[] archive = TrainingModule.of(
                network,
                SmallNetworks.INPUT,
                weights,
                kept,
                Engine.elementType(precision),
                form,
                optimizer,
                new Target.Label(0),
                0);
        StepClock clock = from.map(State::clock).orElse(StepClock.first(precision == Precision.FP16));
        double[] rates = new double[6];
        Arrays.setAll(rates, step -> 0.01 / (step + 1));
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, archive);
                Learner learner = new Learner(module, optimizer, precision, rates, 4, false, true, clock)) {
            NDArray images = manager.arange(0f, (float) (4 * SmallNetworks.INPUT.elements()), 1f, DataType.FLOAT32)
                    .sin()
                    .reshape(new Shape(
                            4,
                            SmallNetworks.INPUT.height(),
                            SmallNetworks.INPUT.width(),
                            SmallNetworks.INPUT.channels()));
            NDArray labels = manager.create(new long[] {0, 1, 2, 0});
            for (int step = 0; step < count; step++) {
                learner.learn(images, labels);
            }
            int moved = clock.effective();
            for (StepFigures step : learner.read(clock.steps(), Collections.nCopies(count, 4L))) {
                moved += step.overflowed() ? 0 : 1;
            }
            ByteBuffer tensors = ByteBuffer.allocate((int) layout.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            module.copyState(layout.kinds(), tensors);
            return new State(tensors, learner.clock(moved));
        }
    }

    /** Gradients overflow at first, so scale, moves and steps differ between checkpoints. */
    @Test
    void theScaleOfTheLossGoesOn() throws Exception {
        Training steep = training(Precision.FP16, new Optimizer.AdamW(0.9, 0.999, 1e-8, 0), Schedule.CONSTANT);
        Trial trial = TrialRunnerTest.trial(SmallNetworks.bottleneck(), 1, steep);
        Run whole = run(trial, DATA, new MemoryCheckpoints());
        StepClock clock = MemoryCheckpoints.read(
                        Objects.requireNonNull(whole.checkpoints().byEpoch().get(2)))
                .clock();
        assertThat(clock.steps()).isEqualTo(2 * 4);
        assertThat(clock.moves()).isEqualTo(clock.effective()).isBetween(1f, 8f);
        assertThat(clock.scale()).isBetween(1f, 65536f);
    }

    /** A search stops a trial so: the checkpoint is taken, and then the trial is told to end. */
    @Test
    void aTrialThatIsStoppedAfterAnEpochGoesOnLater() throws Exception {
        Trial trial = TrialRunnerTest.trial(
                SmallNetworks.tapped(), 5, training(Precision.FP32, OPTIMIZERS.get(2), Schedule.COSINE));
        MemoryCheckpoints checkpoints = new MemoryCheckpoints();
        boolean[] stop = new boolean[1];
        Watch watch = new Watch() {
            @Override
            public boolean cancelled() {
                return stop[0];
            }

            @Override
            public void epoch(Epoch epoch) {
                stop[0] = epoch.epoch() == 2;
            }
        };
        assertThatThrownBy(() -> new TrialRunner(Engine.start(1)).run(trial, DATA, "cpu", watch, checkpoints))
                .isInstanceOf(CancellationException.class)
                .hasMessage("Cancelled after 2 epochs");
        byte[] last = Objects.requireNonNull(checkpoints.byEpoch().get(2));
        assertThat(run(trial, DATA, new MemoryCheckpoints(last)).bits())
                .isEqualTo(run(trial, DATA, new MemoryCheckpoints()).bits());
    }

    @Test
    void aCheckpointThatDoesNotFitIsSaidAndTheTrialBeginsAnew() throws Exception {
        Trial trial = TrialRunnerTest.trial(
                SmallNetworks.tapped(), 5, training(Precision.FP32, OPTIMIZERS.get(0), Schedule.COSINE));
        Run whole = run(trial, DATA, new MemoryCheckpoints());
        byte[] file = Objects.requireNonNull(whole.checkpoints().byEpoch().get(1));
        Run damaged = run(trial, DATA, new MemoryCheckpoints(Arrays.copyOf(file, file.length / 2)));
        assertThat(damaged.bits()).isEqualTo(whole.bits());
        assertThat(damaged.result().resumption())
                .isEqualTo(Resumption.anew("it is cut off, after %d bytes".formatted(file.length / 2)));
        Trial other = TrialRunnerTest.trial(
                SmallNetworks.bottleneck(), 5, training(Precision.FP32, OPTIMIZERS.get(0), Schedule.COSINE));
        Run misfit = run(other, DATA, new MemoryCheckpoints(file));
        assertThat(misfit.result().resumption())
                .isEqualTo(Resumption.anew("it holds the tensors of another network or optimizer"));
        assertThat(misfit.result().epochs()).hasSize(EPOCHS);
        assertThat(misfit.checkpoints().histories()).hasSize(1);
        assertThat(misfit.checkpoints().histories().get(0).epochs()).isEmpty();
    }

    @Test
    void thePlanKnowsTheSizeOfTheFile() {
        for (Optimizer optimizer : OPTIMIZERS) {
            Training training = training(Precision.BF16, optimizer, Schedule.COSINE);
            Trial trial = TrialRunnerTest.trial(SmallNetworks.bottleneck(), 5, training);
            byte[] file = Objects.requireNonNull(run(trial, DATA, new MemoryCheckpoints())
                    .checkpoints()
                    .byEpoch()
                    .get(EPOCHS - 1));
            long most = CheckpointSize.most(SmallNetworks.bottleneck(), SmallNetworks.INPUT, training);
            assertThat((long) file.length).isBetween(most - 5000, most);
        }
    }
}
