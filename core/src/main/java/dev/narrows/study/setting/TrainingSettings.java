package dev.narrows.study.setting;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import java.util.List;

/**
 * The settings of a training, in the order in which ids and tables have them. A new one is described here, with a field
 * of {@link Training} and a line of {@code reference.conf}; {@link Setting#addedLater} keeps the ids of trials from
 * before it.
 */
public final class TrainingSettings {
    private static final String OPTIMIZER_KEY = "optimizer";

    private TrainingSettings() {}

    private static final Setting<Training, Integer> EPOCHS = Setting.of(
            "epochs",
            ScalarType.integer(1),
            Training::epochs,
            "epochs",
            "Passes over the training images that were asked for.");

    private static final Setting<Training, Integer> BATCH_SIZE = Setting.of(
            "batch-size", ScalarType.integer(1), Training::batchSize, "batch_size", "Images per training step.");

    public static final Setting<Training, Precision> PRECISION = Setting.of(
                    "precision",
                    ScalarType.constant(Precision.class),
                    Training::precision,
                    "training_precision",
                    "Precision that was asked for.")
            .journalOnly();

    private static final Setting<Training, Optimizer> OPTIMIZER =
            Setting.of(OPTIMIZER_KEY, new OptimizerType(), Training::optimizer, OptimizerType.columns());

    private static final Setting<Training, Schedule> SCHEDULE = Setting.of(
            "schedule",
            ScalarType.choice(Schedule.class),
            Training::schedule,
            "schedule",
            "Schedule of the learning rate: constant, cosine or one-cycle.");

    private static final Setting<Training, Double> LEARNING_RATE = Setting.of(
            LearningRates.KEY,
            LearningRates.type(OPTIMIZER_KEY),
            Training::learningRate,
            "learning_rate",
            "Peak learning rate of the schedule.");

    private static final Setting<Training, Double> WARMUP_EPOCHS = Setting.of(
            "warmup-epochs",
            ScalarType.decimal(ValueReader.atLeast(0)),
            Training::warmupEpochs,
            "warmup_epochs",
            "Epochs of linear warm-up.");

    private static final Setting<Training, Double> LABEL_SMOOTHING = Setting.of(
            "label-smoothing",
            ScalarType.decimal(ValueReader.share()),
            Training::labelSmoothing,
            "label_smoothing",
            "Share of the target that is spread over all classes, 0 to 1.");

    private static final Setting<Training, Double> CLIP_NORM = Setting.of(
            "clip-norm",
            ScalarType.decimal(ValueReader.atLeast(0)),
            Training::clipNorm,
            "clip_norm",
            "Largest norm of all gradients together; 0 for no clipping.");

    private static final Setting<Training, Integer> CROP = Setting.of(
            "augment.crop",
            ScalarType.integer(0),
            training -> training.augmentation().crop(),
            "augmentation_crop",
            "Pixels around an image (black, or its mirror where it has a mask) before a random crop of the"
                    + " old size; 0 for none.");

    private static final Setting<Training, Boolean> FLIP = Setting.of(
            "augment.flip",
            ScalarType.flag(),
            training -> training.augmentation().flip(),
            "augmentation_flip",
            "True where half the images are mirrored left to right.");

    private static final Setting<Training, Boolean> TURN = Setting.<Training, Boolean>of(
                    "augment.turn",
                    ScalarType.flag(),
                    training -> training.augmentation().turn(),
                    "augmentation_turn",
                    "True where images are rotated by 0, 90, 180 or 270 degrees.")
            .addedLater(false);

    private static final Setting<Training, Double> ELASTIC = Setting.<Training, Double>of(
                    "augment.elastic",
                    ScalarType.decimal(ValueReader.atLeast(0)),
                    training -> training.augmentation().elastic(),
                    "augmentation_elastic",
                    "Standard deviation of the displacements of an elastic deformation, in pixels; 0 for none.")
            .addedLater(0.0);

    private static final Setting<Training, Loss> LOSS = Setting.of(
                    "loss",
                    ScalarType.choice(Loss.class),
                    Training::loss,
                    "loss",
                    "Loss that training minimises: cross-entropy, dice or cross-entropy-and-dice.")
            .addedLater(Loss.CROSS_ENTROPY);

    /** A study may be given more time without training again what has ended. */
    private static final Setting<Training, Double> TIME_LIMIT = Setting.of(
                    "time-limit",
                    ScalarType.decimal(ValueReader.orNone(ValueReader.seconds()).map(limit -> limit.orElse(0.0))),
                    Training::timeLimitSeconds,
                    "time_limit_seconds",
                    "Wall seconds after which the trial ends as timed out; 0 for no limit.")
            .outsideId();

    public static final List<Setting<Training, ?>> ALL = List.of(
            EPOCHS,
            BATCH_SIZE,
            PRECISION,
            OPTIMIZER,
            SCHEDULE,
            LEARNING_RATE,
            WARMUP_EPOCHS,
            LABEL_SMOOTHING,
            CLIP_NORM,
            CROP,
            FLIP,
            TURN,
            ELASTIC,
            LOSS,
            TIME_LIMIT);

    /** The training with these values. */
    public static Training of(SettingValues<Training> values) {
        return new Training(
                values.get(EPOCHS),
                values.get(BATCH_SIZE),
                values.get(PRECISION),
                values.get(OPTIMIZER),
                values.get(SCHEDULE),
                values.get(LEARNING_RATE),
                values.get(WARMUP_EPOCHS),
                values.get(LABEL_SMOOTHING),
                values.get(CLIP_NORM),
                new Augmentation(values.get(CROP), values.get(FLIP), values.get(TURN), values.get(ELASTIC)),
                values.get(LOSS),
                values.get(TIME_LIMIT));
    }
}
