package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.INTEGER;

import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code trials} that follow from its epochs: none of them is read back. */
final class LearningColumns {
    /** The columns of validation images. */
    static final ColumnList<TrialLine> VALIDATION = new ColumnList<TrialLine>()
            .derived(
                    "final_validation_accuracy",
                    DECIMAL,
                    "Share of validation images, or of positions where they have masks, that the final"
                            + " weights get right, 0 to 1; null unless completed.",
                    line -> line.ofResult(TrialResult::finalValidationAccuracy))
            .derived(
                    "final_validation_loss",
                    DECIMAL,
                    "Cross-entropy of the final weights on the validation images, in nats; null unless completed.",
                    last(Epoch::validationLoss))
            .derived(
                    "final_validation_top5",
                    DECIMAL,
                    "Share of validation images whose class is among the five best scores, 0 to 1; null"
                            + " for five classes or fewer.",
                    last(Epoch::validationTop5))
            .derived(
                    "final_validation_mean_iou",
                    DECIMAL,
                    "Mean over classes of intersection over union of the final weights, over all positions"
                            + " of the validation images, 0 to 1; null unless completed on masks.",
                    last(epoch -> OverlapColumns.meanIou(epoch.validationOverlap())))
            .derived(
                    "final_validation_dice",
                    DECIMAL,
                    "Mean over classes of the Dice coefficient of the final weights, over all positions of"
                            + " the validation images, 0 to 1; null unless completed on masks.",
                    last(epoch -> OverlapColumns.dice(epoch.validationOverlap())))
            .derived(
                    "best_validation_accuracy",
                    DECIMAL,
                    "The highest validation accuracy of any epoch, 0 to 1; it is too high and decides nothing.",
                    best(Epoch::validationAccuracy))
            .derived(
                    "best_epoch",
                    INTEGER,
                    "The epoch of best_validation_accuracy, counted from 1, the first of equals.",
                    best(Epoch::epoch))
            .derived(
                    "validation_images",
                    INTEGER,
                    "Images that the validation accuracy is a share of, where known.",
                    line -> line.ofRow(TrialRow::validationImages));

    /** The columns of training images. */
    static final ColumnList<TrialLine> TRAINING = new ColumnList<TrialLine>()
            .derived(
                    "final_train_loss",
                    DECIMAL,
                    "Mean loss over the last epoch, as weights moved, in nats; null unless completed.",
                    last(Epoch::trainLoss))
            .derived(
                    "final_train_accuracy",
                    DECIMAL,
                    "Share of hits over the last epoch, as weights moved, 0 to 1; null unless completed.",
                    last(Epoch::trainAccuracy))
            .derived(
                    "finished_epochs",
                    INTEGER,
                    "Epochs that were finished.",
                    line -> line.ofResult(result -> result.epochs().size()));

    private LearningColumns() {}

    private static Function<TrialLine, @Nullable Object> last(Function<Epoch, @Nullable Object> value) {
        return line -> line.ofResult(result -> {
            List<Epoch> epochs = result.epochs();
            return epochs.isEmpty() || result.outcome() != Outcome.COMPLETED
                    ? null
                    : value.apply(epochs.get(epochs.size() - 1));
        });
    }

    private static Function<TrialLine, @Nullable Object> best(Function<Epoch, @Nullable Object> value) {
        return line -> line.ofResult(result -> {
            Epoch best = result.bestEpoch();
            return best == null ? null : value.apply(best);
        });
    }
}
