package dev.narrows.engine;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.data.Dataset;
import dev.narrows.data.Normalisation;
import dev.narrows.net.Shape;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Training;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import java.util.concurrent.CancellationException;

/** Order of things in a trial: it is checked, loaded, trained and evaluated epoch by epoch, and measured at the end. */
final class TrialCourse {
    /** Images of one call of an evaluation: enough that calls cost nothing, few enough that they stay in the cache. */
    private static final int EVALUATED_AT_ONCE = 64;

    private final Trial trial;
    private final Training training;
    private final Dataset data;
    private final String device;
    private final Watch watch;
    private final TrialClock clock;
    private final Measured measured;

    /** @param measured takes up what the trial measures, also where it does not come to its end */
    TrialCourse(Trial trial, Dataset data, String device, Watch watch, TrialClock clock, Measured measured) {
        this.trial = trial;
        this.training = trial.training();
        this.data = data;
        this.device = device;
        this.watch = watch;
        this.clock = clock;
        this.measured = measured;
    }

    /**
     * Runs to the end.
     *
     * @throws TrialStop where the trial cannot go on
     * @throws CancellationException where the watch cancelled it
     */
    void run(PtNDManager manager, TrialBudget budget) {
        Misfit.of(trial, data).ifPresent(reason -> {
            throw new TrialStop(Outcome.FAILED, reason);
        });
        Program program = Rules.training(
                trial.network(),
                trial.input(),
                Engine.elementType(training.precision()),
                Engine.form(device, training.precision()));
        measured.form(program.form());
        // The plan counts one form for all machines; this one may need more.
        long needed = TrainingStep.of(training, data.train().size()).bytes(program);
        MemoryGuard memoryGuard = new MemoryGuard(budget, needed, training.batchSize());
        try (Module module = new Module(manager, archive(program))) {
            module.enableTraining();
            Normalisation normalisation = Normalisation.of(data);
            Batches batches = Batches.training(
                    data.train(), normalisation, training.augmentation(), trial.seed(), training.batchSize());
            Batches validation = Batches.evaluation(data.validation(), normalisation, evaluatedAtOnce());
            Shape scores = trial.network().output(trial.input());
            BatchMemory memory = new BatchMemory(trial.input(), scores, Math.max(batches.largest(), evaluatedAtOnce()));
            TrainingLoop loop = new TrainingLoop(
                    module, batches, memory, training, new ReadingPace(System::nanoTime), () -> check(memoryGuard));
            measured.setup(clock.seconds());
            for (int number = 1; number <= training.epochs(); number++) {
                epoch(number, loop, module, validation, memory);
            }
            measured.narrows(NarrowMeter.of(
                    module,
                    trial.network(),
                    trial.input(),
                    data.validation(),
                    normalisation,
                    memory,
                    evaluatedAtOnce()));
            watch.trained(() -> module.archive(trial.network(), trial.input()));
            if (data.test().size() > 0) {
                measured.test(
                        evaluation(module, Batches.evaluation(data.test(), normalisation, evaluatedAtOnce()), memory));
            }
        }
    }

    private byte[] archive(Program program) {
        return TrainingModule.of(
                trial.network(),
                trial.input(),
                Initialisation.of(program, trial.seed()),
                Engine.elementType(training.precision()),
                program.form(),
                training.optimizer(),
                target(),
                training.clipNorm());
    }

    private Target target() {
        return switch (data.task()) {
            case CLASSIFICATION -> new Target.Label(training.labelSmoothing());
            case SEGMENTATION ->
                new Target.Mask(training.loss(), trial.classes(), ignoring(), training.labelSmoothing());
        };
    }

    /** True where masks may have positions of no class. */
    private boolean ignoring() {
        return !trial.data().preparation().ignore().isEmpty();
    }

    /** Images with masks may be large: what a training step has room for, an evaluation has too. */
    private int evaluatedAtOnce() {
        return switch (data.task()) {
            case CLASSIFICATION -> EVALUATED_AT_ONCE;
            case SEGMENTATION -> Math.min(EVALUATED_AT_ONCE, training.batchSize());
        };
    }

    private void epoch(int number, TrainingLoop loop, Module module, Batches images, BatchMemory memory) {
        EpochSums sums = loop.pass(number, measured.time());
        long before = System.nanoTime();
        Evaluation validation = evaluation(module, images, memory);
        double seconds = TrialClock.secondsSince(before);
        Epoch ended = sums.epoch(loop.lastRate(number), measured.time().lastSeconds(), validation, seconds);
        measured.epoch(ended, validation);
        watch.epoch(ended);
    }

    private Evaluation evaluation(Module module, Batches images, BatchMemory memory) {
        return Evaluation.of(module, images, memory, trial.classes(), ignoring());
    }

    private void check(MemoryGuard memoryGuard) {
        int epochs = measured.epochs().size();
        if (watch.cancelled()) {
            throw new CancellationException("Cancelled after %d epochs".formatted(epochs));
        }
        clock.check(epochs);
        memoryGuard.check();
    }
}
