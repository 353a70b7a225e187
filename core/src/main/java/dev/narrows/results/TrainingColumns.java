package dev.narrows.results;

import static dev.narrows.results.Kind.DECIMAL;
import static dev.narrows.results.Kind.FLAG;
import static dev.narrows.results.Kind.INTEGER;
import static dev.narrows.results.Kind.INTEGERS;
import static dev.narrows.results.Kind.LONG;
import static dev.narrows.results.Kind.TEXT;

import dev.narrows.family.Knob;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Optimizer.AdamW;
import dev.narrows.study.Optimizer.Sgd;
import dev.narrows.study.Preparation;
import dev.narrows.study.Training;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code trials} that say how and on what a trial trained. */
final class TrainingColumns {
    private TrainingColumns() {}

    static final List<Column<TrialLine>> COLUMNS = List.of(
            training("epochs", INTEGER, "Passes over the training images that were asked for.", Training::epochs),
            training("batch_size", INTEGER, "Images a training step.", Training::batchSize),
            training("optimizer", TEXT, "sgd or adamw.", training -> name(training.optimizer())),
            training(
                    "momentum",
                    DECIMAL,
                    "Momentum of sgd.",
                    training -> training.optimizer() instanceof Sgd sgd ? sgd.momentum() : null),
            training(
                    "nesterov",
                    FLAG,
                    "Whether sgd looks ahead as Nesterov does.",
                    training -> training.optimizer() instanceof Sgd sgd ? sgd.nesterov() : null),
            training(
                    "beta1",
                    DECIMAL,
                    "Decay of the mean of gradients of adamw.",
                    training -> training.optimizer() instanceof AdamW adam ? adam.beta1() : null),
            training(
                    "beta2",
                    DECIMAL,
                    "Decay of the mean of squared gradients of adamw.",
                    training -> training.optimizer() instanceof AdamW adam ? adam.beta2() : null),
            training(
                    "epsilon",
                    DECIMAL,
                    "What adamw adds to the root of the mean of squared gradients.",
                    training -> training.optimizer() instanceof AdamW adam ? adam.epsilon() : null),
            training(
                    "weight_decay",
                    DECIMAL,
                    "Decay of every weight.",
                    training -> training.optimizer().weightDecay()),
            training(
                    "schedule",
                    TEXT,
                    "How the learning rate moves: constant, cosine or one-cycle.",
                    training -> Knob.word(training.schedule())),
            training("learning_rate", DECIMAL, "The rate that the schedule is about.", Training::learningRate),
            training("warmup_epochs", DECIMAL, "Epochs over which the rate first grows.", Training::warmupEpochs),
            training(
                    "label_smoothing",
                    DECIMAL,
                    "Share of the target that is spread over all classes, 0 to 1.",
                    Training::labelSmoothing),
            training(
                    "clip_norm",
                    DECIMAL,
                    "The largest norm of all gradients together; 0 for no clipping.",
                    Training::clipNorm),
            training(
                    "augmentation_crop",
                    INTEGER,
                    "Pixels around an image (black, or its mirror where it has a mask) before a random crop of the old size; 0 for none.",
                    training -> training.augmentation().crop()),
            training(
                    "augmentation_flip",
                    FLAG,
                    "Whether half the images are mirrored left to right.",
                    training -> training.augmentation().flip()),
            training(
                    "augmentation_turn",
                    FLAG,
                    "Whether images are turned by none to three quarters.",
                    training -> training.augmentation().turn()),
            training(
                    "augmentation_elastic",
                    DECIMAL,
                    "Standard deviation of the displacements of an elastic deformation, in pixels; 0 for none.",
                    training -> training.augmentation().elastic()),
            training(
                    "loss",
                    TEXT,
                    "What training makes small: cross-entropy, dice or cross-entropy-and-dice.",
                    training -> Knob.word(training.loss())),
            training(
                    "time_limit_seconds",
                    DECIMAL,
                    "Wall seconds after which the trial ends as timed out; 0 for no limit.",
                    Training::timeLimitSeconds),
            data("data_source", TEXT, "Where the images come from.", DataSpec::source),
            data(
                    "data_train",
                    INTEGER,
                    "Training images asked for; null for all that there are.",
                    data -> data.train().orElse(null)),
            data(
                    "data_validation",
                    INTEGER,
                    "Validation images asked for; null for the default share.",
                    data -> data.validation().orElse(null)),
            data(
                    "data_test",
                    INTEGER,
                    "Test images asked for; null for all that there are.",
                    data -> data.test().orElse(null)),
            data("split_seed", LONG, "What the draw of images depends on.", DataSpec::splitSeed),
            data(
                    "data_task",
                    TEXT,
                    "What the images were asked to teach: auto, classification or segmentation.",
                    data -> Knob.word(data.preparation().task())),
            data(
                    "data_image_column",
                    TEXT,
                    "Column of Parquet files that images were asked for from; null: the one that they declare.",
                    data -> orNull(data.preparation().columns().image())),
            data(
                    "data_answer_column",
                    TEXT,
                    "Column of Parquet files that labels or masks were asked for from; null: the one that they declare.",
                    data -> orNull(data.preparation().columns().answer())),
            data(
                    "data_ignore",
                    INTEGERS,
                    "Values of masks that are no class; null: each is one.",
                    data -> data.preparation().ignore().isEmpty()
                            ? null
                            : data.preparation().ignore()),
            data(
                    "data_colour",
                    TEXT,
                    "Which channels images were to have: auto, grey or rgb.",
                    data -> Knob.word(data.preparation().colour())),
            size(
                    "data_height",
                    "Height that images were brought to; null: as they are.",
                    data -> data.size().height()),
            size(
                    "data_width",
                    "Width that images were brought to; null: as they are.",
                    data -> data.size().width()),
            data(
                    "data_fit",
                    TEXT,
                    "How images of another size were brought to it: resize, pad or crop.",
                    data -> Knob.word(data.preparation().fit())),
            size(
                    "data_patch_height",
                    "Height of the patches of an image; null: whole.",
                    data -> data.patch().height()),
            size(
                    "data_patch_width",
                    "Width of the patches of an image; null: whole.",
                    data -> data.patch().width()),
            data(
                    "data_corrupt",
                    TEXT,
                    "What became of images that could not be read: refuse or skip.",
                    data -> Knob.word(data.preparation().corrupt())),
            Column.optional(
                    "data_fingerprint",
                    TEXT,
                    "Hash of the images and their split.",
                    line -> line.ofTrial(TrialDescription::dataFingerprint)));

    private static String name(Optimizer optimizer) {
        return optimizer instanceof Sgd ? "sgd" : "adamw";
    }

    private static Column<TrialLine> training(
            String name, Kind kind, String meaning, Function<Training, @Nullable Object> value) {
        return Column.optional(name, kind, meaning, line -> line.ofTrial(row -> value.apply(row.training())));
    }

    private static Column<TrialLine> data(
            String name, Kind kind, String meaning, Function<DataSpec, @Nullable Object> value) {
        return Column.optional(name, kind, meaning, line -> line.ofTrial(row -> value.apply(row.data())));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Column<TrialLine> size(String name, String meaning, Function<Preparation, Integer> value) {
        return data(name, INTEGER, meaning, data -> {
            int pixels = value.apply(data.preparation());
            return pixels == 0 ? null : pixels;
        });
    }
}
