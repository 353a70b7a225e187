package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.LONG;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.trial.Epoch;
import java.util.ArrayList;
import java.util.List;

/** The columns of {@code epochs}: the learning curve of each trial. */
final class EpochColumns {
    private EpochColumns() {}

    /** An epoch of a trial. */
    record EpochOfTrial(TrialRow trial, Epoch epoch) {}

    private static final ColumnList<Epoch> LIST = new ColumnList<>();

    private static final StoredColumn<Epoch, Integer> EPOCH =
            LIST.required("epoch", INTEGER, "Counted from 1.", Epoch::epoch);
    private static final StoredColumn<Epoch, Double> TRAIN_LOSS = LIST.required(
            "train_loss", DECIMAL, "Mean loss over the epoch, as weights moved, in nats.", Epoch::trainLoss);
    private static final StoredColumn<Epoch, Double> TRAIN_ACCURACY = LIST.required(
            "train_accuracy",
            DECIMAL,
            "Share of hits, of images or positions, over the epoch, as weights moved, 0 to 1.",
            Epoch::trainAccuracy);
    private static final StoredColumn<Epoch, Double> VALIDATION_LOSS = LIST.required(
            "validation_loss",
            DECIMAL,
            "Cross-entropy on the validation images with the weights at its end, in nats.",
            Epoch::validationLoss);
    private static final StoredColumn<Epoch, Double> VALIDATION_ACCURACY = LIST.required(
            "validation_accuracy",
            DECIMAL,
            "Share of validation images, or of positions where they have masks, that those weights get right, 0 to 1.",
            Epoch::validationAccuracy);
    private static final StoredColumn<Epoch, Double> VALIDATION_TOP5 = LIST.optional(
            "validation_top5",
            DECIMAL,
            "Share of validation images whose class is among the five best scores, 0 to 1; null for five"
                    + " classes or fewer.",
            Epoch::validationTop5);
    private static final OverlapColumns<Epoch> VALIDATION_OVERLAP = OverlapColumns.of(
            LIST,
            "validation_mean_iou",
            "Mean over classes of intersection over union, over all positions of the validation images, 0"
                    + " to 1; null where they have labels.",
            "validation_dice",
            "Mean over classes of the Dice coefficient, over all positions of the validation images, 0 to"
                    + " 1; null where they have labels.",
            Epoch::validationOverlap);
    private static final StoredColumn<Epoch, Double> LEARNING_RATE =
            LIST.required("learning_rate", DECIMAL, "The rate of its last step.", Epoch::learningRate);
    private static final StoredColumn<Epoch, Double> FIRST_LAYER_GRADIENT_NORM = LIST.optional(
            "first_layer_gradient_norm",
            DECIMAL,
            "Root of the mean square of the gradient's norm at the first layer over its steps.",
            Epoch::firstLayerGradientNorm);
    private static final StoredColumn<Epoch, Double> TRAIN_SECONDS =
            LIST.required("train_seconds", DECIMAL, "Wall seconds of training alone.", Epoch::trainSeconds);
    private static final StoredColumn<Epoch, Double> VALIDATION_SECONDS =
            LIST.required("validation_seconds", DECIMAL, "Wall seconds of evaluation alone.", Epoch::validationSeconds);

    /** The columns of the epoch alone, which the journal nests into a trial's row. */
    static final List<Column<Epoch>> COLUMNS = LIST.list();

    /** An epoch from its cells. */
    static Epoch read(StoredCells cells) {
        return new Epoch(
                EPOCH.of(cells),
                TRAIN_LOSS.of(cells),
                TRAIN_ACCURACY.of(cells),
                VALIDATION_LOSS.of(cells),
                VALIDATION_ACCURACY.of(cells),
                VALIDATION_TOP5.orNull(cells),
                LEARNING_RATE.of(cells),
                FIRST_LAYER_GRADIENT_NORM.orNull(cells),
                TRAIN_SECONDS.of(cells),
                VALIDATION_SECONDS.of(cells),
                VALIDATION_OVERLAP.read(cells));
    }

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
