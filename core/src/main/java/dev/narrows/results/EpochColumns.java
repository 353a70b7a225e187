package dev.narrows.results;

import static dev.narrows.results.Kind.DECIMAL;
import static dev.narrows.results.Kind.INTEGER;
import static dev.narrows.results.Kind.LONG;
import static dev.narrows.results.Kind.TEXT;

import dev.narrows.trial.Epoch;
import java.util.ArrayList;
import java.util.List;

/** The columns of {@code epochs}: the learning curve of each trial. */
final class EpochColumns {
    private EpochColumns() {}

    /** An epoch of a trial. */
    record EpochOfTrial(TrialRow trial, Epoch epoch) {}

    /** Those of the epoch alone, which the journal nests into a trial's row. */
    static final List<Column<Epoch>> COLUMNS = List.of(
            Column.required("epoch", INTEGER, "Counted from 1.", Epoch::epoch),
            Column.required(
                    "train_loss", DECIMAL, "Mean loss over the epoch, as weights moved, in nats.", Epoch::trainLoss),
            Column.required(
                    "train_accuracy",
                    DECIMAL,
                    "Share of hits, of images or positions, over the epoch, as weights moved, 0 to 1.",
                    Epoch::trainAccuracy),
            Column.required(
                    "validation_loss",
                    DECIMAL,
                    "Cross-entropy on the validation images with the weights at its end, in nats.",
                    Epoch::validationLoss),
            Column.required(
                    "validation_accuracy",
                    DECIMAL,
                    "Share of validation images, or of positions where they have masks, that those weights get right, 0 to 1.",
                    Epoch::validationAccuracy),
            Column.optional(
                    "validation_top5",
                    DECIMAL,
                    "Share of validation images whose class is among the five best scores, 0 to 1; null for five classes or fewer.",
                    Epoch::validationTop5),
            Column.optional(
                    "validation_mean_iou",
                    DECIMAL,
                    "Mean over classes of intersection over union, over all positions of the validation images, 0 to 1; null where they have labels.",
                    epoch -> TrialColumns.iou(epoch.validationOverlap())),
            Column.optional(
                    "validation_dice",
                    DECIMAL,
                    "Mean over classes of the Dice coefficient, over all positions of the validation images, 0 to 1; null where they have labels.",
                    epoch -> TrialColumns.dice(epoch.validationOverlap())),
            Column.required("learning_rate", DECIMAL, "The rate of its last step.", Epoch::learningRate),
            Column.optional(
                    "first_layer_gradient_norm",
                    DECIMAL,
                    "Root of the mean square of the gradient's norm at the first layer over its steps.",
                    Epoch::firstLayerGradientNorm),
            Column.required("train_seconds", DECIMAL, "Wall seconds of training alone.", Epoch::trainSeconds),
            Column.required(
                    "validation_seconds", DECIMAL, "Wall seconds of evaluation alone.", Epoch::validationSeconds));

    static final Table<EpochOfTrial> TABLE = table();

    private static Table<EpochOfTrial> table() {
        List<Column<EpochOfTrial>> columns = new ArrayList<>(List.of(
                Column.required("trial_id", TEXT, "The trial, as in trials.", row -> row.trial.trialId()),
                Column.required("variant_id", TEXT, "The variant, as in trials.", row -> row.trial.variantId()),
                Column.required("variant", TEXT, "Readable label of what varies.", row -> row.trial.variant()),
                Column.required("seed", LONG, "Seed of the trial.", row -> row.trial.seed())));
        COLUMNS.forEach(column -> columns.add(column.of(EpochOfTrial::epoch)));
        return new Table<>("epochs", "One row for each finished epoch of each trial.", columns);
    }
}
