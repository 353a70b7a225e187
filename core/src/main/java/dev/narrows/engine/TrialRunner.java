package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.data.Dataset;
import dev.narrows.data.Normalisation;
import dev.narrows.net.Shape;
import dev.narrows.study.Training;
import dev.narrows.torch.Initialisation;
import dev.narrows.torch.Target;
import dev.narrows.torch.TrainingModule;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Trains one network and measures it. Any number may run at once in a process, each on a thread of its own. */
public final class TrialRunner {
    /** Images a call when a network is judged: enough that calls cost nothing, few enough that activations stay in the cache. */
    private static final int JUDGED_AT_ONCE = 64;

    private static final double NANOS = 1e9;

    /** Before each of its first steps a trial looks at the memory of the process: by then it has what it will take. */
    private static final int GROWING_STEPS = 4;

    /** How often it looks later. A look takes half a millisecond, which is much beside the step of a small network. */
    private static final long MEMORY_NANOS = 500_000_000L;

    private final Engine engine;
    private final MemoryBudget budget;

    /** Trains within the memory of the machine, or of the container that the process is in. */
    public TrialRunner(Engine engine) {
        this(engine, MemoryBudget.ofMachine());
    }

    public TrialRunner(Engine engine, MemoryBudget budget) {
        this.engine = engine;
        this.budget = budget;
    }

    /**
     * Runs to the end, whatever that is: what goes wrong is an outcome with a message.
     *
     * @param device {@code cpu}, or {@code gpu:<address>}
     * @throws CancellationException where the watch cancelled it: then there is no result
     */
    public TrialResult run(Trial trial, Dataset data, String device, Watch watch) {
        try (MemoryPeak peak = MemoryPeak.start()) {
            return run(new Run(trial, data, device, watch, peak), device);
        }
    }

    private TrialResult run(Run run, String device) {
        try (PtNDManager manager = engine.manager(device)) {
            run.train(manager);
            return run.result(Outcome.COMPLETED, null);
        } catch (CancellationException e) {
            throw e;
        } catch (Ended e) {
            return run.result(e.outcome, e.getMessage());
        } catch (OutOfMemoryError | RuntimeException e) {
            return run.result(isOutOfMemory(e) ? Outcome.OUT_OF_MEMORY : Outcome.FAILED, message(e));
        } finally {
            Engine.release(device);
        }
    }

    private static boolean isOutOfMemory(Throwable error) {
        String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return error instanceof OutOfMemoryError
                || message.contains("out of memory")
                || message.contains("can't allocate memory")
                || message.contains("not enough memory");
    }

    /** The engine's messages carry its own call stack: their first line says what went wrong. */
    private static String message(Throwable error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(error.toString());
    }

    /** A trial that cannot go on, with the outcome that it ends with. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Outcome outcome;

        private Ended(Outcome outcome, String message) {
            super(message);
            this.outcome = outcome;
        }
    }

    /** One trial under way. */
    private final class Run {
        private final Trial trial;
        private final Training training;
        private final Dataset data;
        private final String device;
        private final Watch watch;
        private final MemoryPeak peak;
        private final Shape scores;
        private final long startedAt = System.currentTimeMillis();
        private final long start = System.nanoTime();
        private final List<Epoch> epochs = new ArrayList<>();
        private @Nullable Double setupSeconds;
        private @Nullable Judgement validation;
        private @Nullable Judgement test;
        private @Nullable NarrowEnds narrows;
        private long trainNanos;
        private long outsideNanos;
        private long images;
        private long neededBytes;
        private long memoryCheckedAt;
        private final LossScale scale;
        private int moves;

        private Run(Trial trial, Dataset data, String device, Watch watch, MemoryPeak peak) {
            this.peak = peak;
            this.trial = trial;
            this.training = trial.training();
            this.data = data;
            this.device = device;
            this.watch = watch;
            this.scores = trial.network().output(trial.input());
            this.scale = LossScale.of(training.precision());
        }

        /** Ends a trial that cannot be trained as it is asked for. */
        private void refuse() {
            Misfit.of(trial, data).ifPresent(reason -> {
                throw new Ended(Outcome.FAILED, reason);
            });
            neededBytes = MemoryBudget.needed(trial, data.train().size());
            budget.refusesSlot(neededBytes, training.batchSize()).ifPresent(message -> {
                throw new Ended(Outcome.OUT_OF_MEMORY, message);
            });
        }

        private void train(PtNDManager manager) {
            refuse();
            byte[] archive = TrainingModule.of(
                    trial.network(),
                    trial.input(),
                    Initialisation.of(trial.network(), trial.seed()),
                    Engine.elementType(training.precision()),
                    Engine.layout(device, training.precision()),
                    training.optimizer(),
                    target(),
                    training.clipNorm());
            try (Module module = new Module(manager, archive)) {
                module.enableTraining();
                Normalisation normalisation = Normalisation.of(data);
                Batches batches = Batches.training(
                        data.train(), normalisation, training.augmentation(), trial.seed(), training.batchSize());
                Batches judged = Batches.evaluation(data.validation(), normalisation, judgedAtOnce());
                BatchMemory memory =
                        new BatchMemory(trial.input(), scores, Math.max(batches.largest(), judgedAtOnce()));
                Rates rates = new Rates(training, batches.size());
                setupSeconds = (System.nanoTime() - start) / NANOS;
                for (int epoch = 1; epoch <= training.epochs(); epoch++) {
                    Pass pass = pass(module, batches, memory, rates, epoch);
                    long before = System.nanoTime();
                    validation = Judgement.of(module, judged, memory, trial.classes(), ignoring());
                    double seconds = (System.nanoTime() - before) / NANOS;
                    Epoch ended = pass.epoch(validation, seconds);
                    epochs.add(ended);
                    watch.epoch(ended);
                }
                narrows = NarrowMeter.of(
                        module,
                        trial.network(),
                        trial.input(),
                        data.validation(),
                        normalisation,
                        memory,
                        judgedAtOnce());
                watch.trained(() -> module.archive(trial.network(), trial.input()));
                if (data.test().size() > 0) {
                    test = Judgement.of(
                            module,
                            Batches.evaluation(data.test(), normalisation, judgedAtOnce()),
                            memory,
                            trial.classes(),
                            ignoring());
                }
            }
        }

        private Target target() {
            return switch (data.task()) {
                case CLASSIFICATION -> new Target.Label(training.labelSmoothing());
                case SEGMENTATION ->
                    new Target.Mask(training.loss(), trial.classes(), ignoring(), training.labelSmoothing());
            };
        }

        /** Whether masks may have positions of no class. */
        private boolean ignoring() {
            return !trial.data().preparation().ignore().isEmpty();
        }

        /** Images with masks may be large: what a training step has room for, a judgement has too. */
        private int judgedAtOnce() {
            return switch (data.task()) {
                case CLASSIFICATION -> JUDGED_AT_ONCE;
                case SEGMENTATION -> Math.min(JUDGED_AT_ONCE, training.batchSize());
            };
        }

        private Pass pass(Module module, Batches batches, BatchMemory memory, Rates rates, int epoch) {
            Pass pass = new Pass(epoch, batches.size());
            Batches.Pass order = batches.epoch(epoch);
            long begin = System.nanoTime();
            long inside = 0;
            for (int step = 0; step < batches.size(); step++) {
                int total = (epoch - 1) * batches.size() + step;
                check(total);
                int count = memory.fill(order);
                double rate = rates.at(total);
                long called = System.nanoTime();
                step(module, memory, rate, pass, step);
                inside += System.nanoTime() - called;
                images += count;
                pass.rate = rate;
            }
            long nanos = System.nanoTime() - begin;
            trainNanos += nanos;
            outsideNanos += nanos - inside;
            pass.seconds = nanos / NANOS;
            return pass;
        }

        private void step(Module module, BatchMemory memory, double rate, Pass pass, int step) {
            try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
                NDArray labels = memory.labels(manager);
                NDList out = module.record("loss", memory.images(manager), labels);
                float norm = move(module, manager, out.get(0), rate);
                float loss = out.get(0).getFloat();
                if (!Float.isFinite(loss)) {
                    throw new Ended(
                            Outcome.DIVERGED,
                            "Cannot go on training: the loss was %s in epoch %d, step %d of %d"
                                    .formatted(loss, pass.number, step + 1, pass.planned));
                }
                long counted = out.size() > 2 ? out.get(2).getLong() : labels.size();
                pass.add(loss, out.get(1).getLong(), counted, norm);
            }
        }

        /**
         * Moves the weights by the gradients of a loss; gives the square of the norm of the first layer's. A step whose
         * gradients overflow moves nothing, and gives 0.
         */
        private float move(Module module, PtNDManager manager, NDArray loss, double rate) {
            if (!scale.moves()) {
                module.backward(loss);
            } else {
                module.backward(loss, scale.value());
                NDList sum = module.call(manager, "unscale", List.of(1 / scale.value()));
                boolean finite = Float.isFinite(sum.get(0).getFloat());
                scale.saw(finite);
                if (!finite) {
                    module.call(manager, "forget");
                    if (scale.exhausted() && Float.isFinite(loss.getFloat())) {
                        throw new Ended(
                                Outcome.DIVERGED,
                                "Cannot go on training: gradients overflow in fp16 whatever the loss is divided by, after %d steps that did not"
                                        .formatted(moves));
                    }
                    return 0;
                }
            }
            NDList norm = module.call(manager, "step", StepArguments.of(training.optimizer(), rate, ++moves));
            return norm.get(0).getFloat();
        }

        private void check(int step) {
            if (watch.cancelled()) {
                throw new CancellationException("Cancelled after %d epochs".formatted(epochs.size()));
            }
            double limit = training.timeLimitSeconds();
            if (limit > 0 && System.nanoTime() - start > limit * NANOS) {
                throw new Ended(
                        Outcome.TIMED_OUT,
                        "Cannot go on training: the limit of %s s was reached after %d of %d epochs"
                                .formatted(limit, epochs.size(), training.epochs()));
            }
            long now = System.nanoTime();
            if (step < GROWING_STEPS || now - memoryCheckedAt >= MEMORY_NANOS) {
                memoryCheckedAt = now;
                budget.refusesStep(neededBytes).ifPresent(message -> {
                    throw new Ended(Outcome.OUT_OF_MEMORY, message);
                });
            }
        }

        private TrialResult result(Outcome outcome, @Nullable String message) {
            boolean completed = outcome == Outcome.COMPLETED;
            return new TrialResult(
                    trial.id(),
                    outcome,
                    message,
                    epochs,
                    completed && test != null ? test.accuracy() : null,
                    completed && test != null ? test.top5() : null,
                    completed && test != null ? test.overlap() : null,
                    completed && validation != null ? validation.hits() : null,
                    completed ? narrows : null,
                    images > 0 ? trainNanos / NANOS : null,
                    images > 0 ? images / (trainNanos / NANOS) : null,
                    setupSeconds,
                    images > 0 ? (double) outsideNanos / trainNanos : null,
                    images > 0 ? peak.bytes() : null,
                    engine.place(device, training.precision()),
                    null,
                    startedAt,
                    (System.nanoTime() - start) / NANOS);
        }
    }

    /** The sums of one pass over the training images. */
    private static final class Pass {
        private final int number;
        private final int planned;
        private double loss;
        private long hits;
        private long seen;
        private double squaredNorms;
        private int steps;
        private double rate;
        private double seconds;

        private Pass(int number, int planned) {
            this.number = number;
            this.planned = planned;
        }

        private void add(double meanLoss, long right, long count, double squaredNorm) {
            loss += meanLoss * count;
            hits += right;
            seen += count;
            squaredNorms += squaredNorm;
            steps++;
        }

        private Epoch epoch(Judgement validation, double validationSeconds) {
            return new Epoch(
                    number,
                    loss / Math.max(1, seen),
                    (double) hits / Math.max(1, seen),
                    validation.loss(),
                    validation.accuracy(),
                    validation.top5(),
                    rate,
                    Math.sqrt(squaredNorms / steps),
                    seconds,
                    validationSeconds,
                    validation.overlap());
        }
    }
}
