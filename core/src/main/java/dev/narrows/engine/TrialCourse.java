package dev.narrows.engine;

import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.data.Dataset;
import dev.narrows.data.Normalisation;
import dev.narrows.data.Samples;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Training;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrainingStep;
import dev.narrows.trial.Trial;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/** Order of things in a trial: it is checked, loaded, trained and evaluated epoch by epoch, and measured at the end. */
final class TrialCourse {
    /** Images of one call of an evaluation: enough that calls cost nothing, few enough that they stay in the cache. */
    private static final int EVALUATED_AT_ONCE = 64;

    /** On a GPU a call takes the longer to begin, and no cache is in the way. */
    private static final int EVALUATED_AT_ONCE_ON_GPU = 1000;

    private final Trial trial;
    private final Training training;
    private final Dataset data;
    private final String device;
    private final Watch watch;
    private final TrialClock clock;
    private final Measured measured;
    private final Attempt attempt;

    /**
     * @param measured takes up what the trial measures, also where it does not come to its end
     * @param attempt knows where the trial begins, and keeps its state between epochs
     */
    TrialCourse(
            Trial trial,
            Dataset data,
            String device,
            Watch watch,
            TrialClock clock,
            Measured measured,
            Attempt attempt) {
        this.trial = trial;
        this.training = trial.training();
        this.data = data;
        this.device = device;
        this.watch = watch;
        this.clock = clock;
        this.measured = measured;
        this.attempt = attempt;
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
        TrainingState state = attempt.begin(program);
        pauseWhereItStands();
        Normalisation normalisation = Normalisation.of(data);
        Batches batches = Batches.training(data.train(), training.augmentation(), trial.seed(), training.batchSize());
        try (Module module = new Module(manager, archive(program, state));
                ImageFeed images = new ImageFeed(module, batches, normalisation);
                ImageFeed validation = evaluated(module, data.validation(), normalisation);
                TrainingLoop loop = new TrainingLoop(
                        module,
                        images,
                        training,
                        countedPerImage(),
                        ignoring(),
                        memoryGuard.holdsRecording(),
                        new ReadingPace(System::nanoTime),
                        () -> check(memoryGuard),
                        state.clock())) {
            measured.setup(clock.attemptSeconds());
            for (int number = measured.epochs().size() + 1; number <= training.epochs(); number++) {
                epoch(number, loop, module, validation);
            }
            measured.narrows(NarrowMeter.of(
                    module, trial.network(), trial.input(), data.validation(), normalisation, evaluatedAtOnce()));
            watch.trained(() -> module.archive(trial.network(), trial.input()));
            if (data.test().size() > 0) {
                try (ImageFeed test = evaluated(module, data.test(), normalisation)) {
                    measured.test(evaluation(module, test));
                }
            }
        }
    }

    /** An attempt may have died between the checkpoint of an epoch and its pause after that epoch. */
    private void pauseWhereItStands() {
        List<Epoch> before = measured.epochs();
        if (!before.isEmpty() && watch.pauses(before.get(before.size() - 1))) {
            throw paused(before.get(before.size() - 1));
        }
    }

    private ImageFeed evaluated(Module module, Samples samples, Normalisation normalisation) {
        return new ImageFeed(module, Batches.evaluation(samples, evaluatedAtOnce()), normalisation, this::beat);
    }

    /** A label is one answer an image, a mask one each position that has scores. */
    private long countedPerImage() {
        return data.train().masked() ? trial.network().output(trial.input()).positions() : 1;
    }

    private byte[] archive(Program program, TrainingState state) {
        return TrainingModule.of(
                trial.network(),
                trial.input(),
                state.weights(),
                state.kept(),
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
            case CLASSIFICATION -> Engine.gpuNumber(device).isPresent() ? EVALUATED_AT_ONCE_ON_GPU : EVALUATED_AT_ONCE;
            case SEGMENTATION -> Math.min(EVALUATED_AT_ONCE, training.batchSize());
        };
    }

    private void epoch(int number, TrainingLoop loop, Module module, ImageFeed images) {
        EpochSums sums = loop.pass(number, measured.time());
        long before = System.nanoTime();
        Evaluation validation = evaluation(module, images);
        double seconds = TrialClock.secondsSince(before);
        if (Double.isFinite(validation.accuracy()) && !Double.isFinite(validation.loss())) {
            // The last step may move the weights out of range, after a loss that was none.
            throw new TrialStop(
                    Outcome.DIVERGED,
                    "Cannot go on training: the loss on the validation images was %s after epoch %d"
                            .formatted(validation.loss(), number));
        }
        Epoch ended = sums.epoch(loop.lastRate(number), measured.time().lastSeconds(), validation, seconds);
        measured.epoch(ended, validation);
        watch.epoch(ended);
        attempt.ended(ended);
        if (number == training.epochs()) {
            return;
        }
        if (watch.pauses(ended) && attempt.keep(module, loop)) {
            throw paused(ended);
        }
        attempt.keepIfDue(module, loop);
    }

    private TrialStop paused(Epoch last) {
        return new TrialStop(
                Outcome.PAUSED,
                "Paused after epoch %d of %d: with its training loss of %s it is unlikely to be on the front"
                        .formatted(
                                last.epoch(), training.epochs(), String.format(Locale.ROOT, "%.3g", last.trainLoss())));
    }

    private Evaluation evaluation(Module module, ImageFeed images) {
        return Evaluation.of(module, images, trial.classes(), ignoring());
    }

    /** A sign of life before each batch, also of evaluations, which no time limit cuts off. */
    private void beat() {
        if (watch.cancelled()) {
            throw new CancellationException(
                    "Cancelled after %d epochs".formatted(measured.epochs().size()));
        }
    }

    private void check(MemoryGuard memoryGuard) {
        beat();
        clock.check(measured.epochs().size());
        memoryGuard.check();
    }
}
