package dev.narrows.results;

import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.LONG;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Training;
import org.jspecify.annotations.Nullable;

/** The columns of {@code trials} that say what is tried, whatever comes of it. */
final class SubjectColumns {
    /** The columns that name the trial. */
    static final ColumnList<TrialLine> NAMES = new ColumnList<>();
    /** The columns of its costs. */
    static final ColumnList<TrialLine> SIZES = new ColumnList<>();
    /** The columns of its predicted memory. */
    static final ColumnList<TrialLine> MEMORY = new ColumnList<>();

    private static final StoredColumn<TrialLine, String> TRIAL_ID = NAMES.optional(
            "trial_id",
            TEXT,
            "Hash of all that decides the result; null for a rejected variant.",
            line -> line.ofTrial(TrialDescription::trialId));
    private static final StoredColumn<TrialLine, String> VARIANT_ID = NAMES.optional(
            "variant_id",
            TEXT,
            "Hash of the network and its input; null for a variant that cannot be built.",
            TrialLine::variantId);
    private static final StoredColumn<TrialLine, String> STUDY =
            NAMES.required("study", TEXT, "Name of the study.", TrialLine::study);
    private static final StoredColumn<TrialLine, String> VARIANT =
            NAMES.required("variant", TEXT, "Readable label of what varies in the study.", TrialLine::variant);
    private static final StoredColumn<TrialLine, String> FAMILY =
            NAMES.required("family", TEXT, "Family of blocks.", TrialLine::family);
    private static final StoredColumn<TrialLine, Long> SEED = NAMES.optional(
            "seed",
            LONG,
            "Seed of initial weights, batch order and augmentation.",
            line -> line.ofTrial(TrialDescription::seed));

    private static final StoredColumn<TrialLine, Long> PARAMS =
            SIZES.optional("params", LONG, "Trainable scalars.", line -> line.ofCost(Cost::params));
    private static final StoredColumn<TrialLine, Long> MACS = SIZES.optional(
            "macs",
            LONG,
            "Multiply-accumulates of convolutions and linear layers for one input.",
            line -> line.ofCost(Cost::macs));
    private static final StoredColumn<TrialLine, Long> ACTIVATIONS = SIZES.optional(
            "activations",
            LONG,
            "Elements of all convolution outputs for one input.",
            line -> line.ofCost(Cost::activations));
    private static final StoredColumn<TrialLine, Integer> NETWORK_DEPTH = SIZES.optional(
            "network_depth",
            INTEGER,
            "Convolutions and linear layers on the longest way from input to output.",
            line -> line.ofCost(Cost::depth));
    private static final StoredColumn<TrialLine, Integer> INPUT_CHANNELS = SIZES.optional(
            "input_channels",
            INTEGER,
            "Channels of an input image.",
            line -> line.ofTrial(trial -> trial.input().channels()));
    private static final StoredColumn<TrialLine, Integer> INPUT_HEIGHT = SIZES.optional(
            "input_height",
            INTEGER,
            "Height of an input image in pixels.",
            line -> line.ofTrial(trial -> trial.input().height()));
    private static final StoredColumn<TrialLine, Integer> INPUT_WIDTH = SIZES.optional(
            "input_width",
            INTEGER,
            "Width of an input image in pixels.",
            line -> line.ofTrial(trial -> trial.input().width()));
    private static final StoredColumn<TrialLine, Integer> CLASSES = SIZES.optional(
            "classes", INTEGER, "Classes that are told apart.", line -> line.ofTrial(TrialDescription::classes));

    private static final StoredColumn<TrialLine, Long> TRAINING_MEMORY_BYTES = MEMORY.optional(
            "training_memory_bytes",
            LONG,
            "Predicted memory of training with this batch size.",
            line -> line.ofTrial(TrialDescription::trainingMemoryBytes));
    private static final StoredColumn<TrialLine, Long> INFERENCE_MEMORY_BYTES = MEMORY.optional(
            "inference_memory_bytes",
            LONG,
            "Predicted largest live set of one image's inference.",
            line -> line.ofTrial(TrialDescription::inferenceMemoryBytes));

    private SubjectColumns() {}

    /** A trial from its cells, and from what other columns say of it. */
    static TrialDescription read(
            StoredCells cells, Settings settings, Training training, DataSpec data, @Nullable String dataFingerprint) {
        return new TrialDescription(
                TRIAL_ID.of(cells),
                STUDY.of(cells),
                VARIANT_ID.of(cells),
                VARIANT.of(cells),
                FAMILY.of(cells),
                settings,
                new Shape(INPUT_CHANNELS.of(cells), INPUT_HEIGHT.of(cells), INPUT_WIDTH.of(cells)),
                CLASSES.of(cells),
                SEED.of(cells),
                new Cost(PARAMS.of(cells), MACS.of(cells), ACTIVATIONS.of(cells), NETWORK_DEPTH.of(cells)),
                TRAINING_MEMORY_BYTES.orNull(cells),
                INFERENCE_MEMORY_BYTES.orNull(cells),
                training,
                data,
                dataFingerprint);
    }
}
