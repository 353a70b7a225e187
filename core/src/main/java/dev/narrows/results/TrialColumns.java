package dev.narrows.results;

import static dev.narrows.results.Kind.BYTES;
import static dev.narrows.results.Kind.DECIMAL;
import static dev.narrows.results.Kind.DECIMALS;
import static dev.narrows.results.Kind.INSTANT;
import static dev.narrows.results.Kind.INTEGER;
import static dev.narrows.results.Kind.INTEGERS;
import static dev.narrows.results.Kind.LONG;
import static dev.narrows.results.Kind.TEXT;
import static dev.narrows.results.Kind.TEXTS;

import dev.narrows.trial.Epoch;
import dev.narrows.trial.NarrowEnd;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code trials} that every study has; those of knobs come from {@link KnobColumns}. */
final class TrialColumns {
    private TrialColumns() {}

    /** {@code trials} with a column a knob. */
    static Table<TrialLine> table(List<Column<TrialLine>> knobs) {
        List<Column<TrialLine>> columns = new ArrayList<>();
        columns.addAll(BEFORE_KNOBS);
        columns.addAll(knobs);
        columns.addAll(TrainingColumns.COLUMNS);
        columns.addAll(PROVENANCE);
        return new Table<>("trials", "One row for each ended trial and for each rejected variant.", columns);
    }

    /** Those that say what was tried and what came of it. */
    static final List<Column<TrialLine>> BEFORE_KNOBS = List.of(
            trial(
                    "trial_id",
                    TEXT,
                    "Hash of all that decides the result; null for a rejected variant.",
                    TrialRow::trialId),
            line(
                    "variant_id",
                    TEXT,
                    "Hash of the network and its input; null for a variant that cannot be built.",
                    TrialLine::variantId),
            Column.required("study", TEXT, "Name of the study.", TrialLine::study),
            Column.required("variant", TEXT, "Readable label of what varies in the study.", TrialLine::variant),
            Column.required("family", TEXT, "Family of blocks.", TrialLine::family),
            trial("seed", LONG, "What initial weights, batch order and augmentation depend on.", TrialRow::seed),
            Column.required(
                    "outcome",
                    TEXT,
                    "How it ended: completed, diverged, out-of-memory, failed, timed-out, crashed or rejected.",
                    line -> line.outcome().word()),
            line("message", TEXT, "Why it ended, where it did not complete.", TrialLine::message),
            cost("params", "Trainable scalars.", line -> line.params()),
            cost("macs", "Multiply-accumulates of convolutions and linear layers for one input.", line -> line.macs()),
            cost("activations", "Elements of all convolution outputs for one input.", line -> line.activations()),
            line(
                    "network_depth",
                    INTEGER,
                    "Convolutions and linear layers on the longest way from input to output.",
                    line -> line.ofCost(cost -> cost.depth())),
            trial(
                    "input_channels",
                    INTEGER,
                    "Channels of an input image.",
                    row -> row.input().channels()),
            trial(
                    "input_height",
                    INTEGER,
                    "Height of an input image in pixels.",
                    row -> row.input().height()),
            trial(
                    "input_width",
                    INTEGER,
                    "Width of an input image in pixels.",
                    row -> row.input().width()),
            trial("classes", INTEGER, "Classes that are told apart.", TrialRow::classes),
            result(
                    "final_validation_accuracy",
                    DECIMAL,
                    "Share of validation images, or of positions where they have masks, that the final weights get right, 0 to 1; null unless completed.",
                    TrialResult::finalValidationAccuracy),
            last(
                    "final_validation_loss",
                    "Cross-entropy of the final weights on the validation images, in nats; null unless completed.",
                    Epoch::validationLoss),
            last(
                    "final_validation_top5",
                    "Share of validation images whose class is among the five best scores, 0 to 1; null for five classes or fewer.",
                    Epoch::validationTop5),
            last(
                    "final_validation_mean_iou",
                    "Mean over classes of intersection over union of the final weights, over all positions of the validation images, 0 to 1; null unless completed on masks.",
                    epoch -> iou(epoch.validationOverlap())),
            last(
                    "final_validation_dice",
                    "Mean over classes of the Dice coefficient of the final weights, over all positions of the validation images, 0 to 1; null unless completed on masks.",
                    epoch -> dice(epoch.validationOverlap())),
            best(
                    "best_validation_accuracy",
                    DECIMAL,
                    "The highest validation accuracy of any epoch, 0 to 1; it flatters and decides nothing.",
                    Epoch::validationAccuracy),
            best(
                    "best_epoch",
                    INTEGER,
                    "The epoch of best_validation_accuracy, counted from 1, the first of equals.",
                    Epoch::epoch),
            trial(
                    "validation_images",
                    INTEGER,
                    "Images that the validation accuracy is a share of, where known.",
                    TrialRow::validationImages),
            trial(
                    "validation_hits",
                    BYTES,
                    "A bit a validation image in the order of the split, lowest bit of a byte first: whether the final weights get it right; null where images have masks.",
                    TrialColumns::hits),
            narrows(
                    "narrow_dead_share",
                    DECIMAL,
                    "Mean of narrow_dead_share_by_block; null unless completed, or where no block has a narrow end.",
                    NarrowEnds::deadShare),
            narrows(
                    "narrow_rank_share",
                    DECIMAL,
                    "Mean over the narrow ends of effective rank by channels, 0 to 1; null unless completed, or where no block has a narrow end.",
                    NarrowEnds::rankShare),
            narrows(
                    "narrow_blocks",
                    TEXTS,
                    "The blocks whose narrow ends were measured, in the order of the network.",
                    narrows -> ofEnds(narrows, NarrowEnd::block)),
            narrows(
                    "narrow_channels_by_block",
                    INTEGERS,
                    "Channels of each of those narrow ends.",
                    narrows -> ofEnds(narrows, NarrowEnd::channels)),
            narrows(
                    "narrow_dead_share_by_block",
                    DECIMALS,
                    "Share of its activations that a ReLU or ReLU6 right before it set to 0, 0 to 1; 0 where the end is linear or a GELU.",
                    narrows -> ofEnds(narrows, NarrowEnd::deadShare)),
            narrows(
                    "narrow_effective_rank_by_block",
                    DECIMALS,
                    "Effective rank of its channels: exp of the entropy of the normalised singular values of the centred activations (Roy and Vetterli, 2007).",
                    narrows -> ofEnds(narrows, NarrowEnd::effectiveRank)),
            narrows(
                    "narrow_images",
                    INTEGER,
                    "Validation images that the narrow ends were measured on, with the final weights.",
                    NarrowEnds::images),
            result(
                    "test_accuracy",
                    DECIMAL,
                    "Share of test images, or of positions where they have masks, that the final weights get right, 0 to 1; to be looked at once, after choosing.",
                    TrialResult::testAccuracy),
            result(
                    "test_top5",
                    DECIMAL,
                    "Share of test images whose class is among the five best scores, 0 to 1; null for five classes or fewer.",
                    TrialResult::testTop5),
            result(
                    "test_mean_iou",
                    DECIMAL,
                    "As final_validation_mean_iou, of the test images; to be looked at once, after choosing.",
                    result -> iou(result.testOverlap())),
            result(
                    "test_dice",
                    DECIMAL,
                    "As final_validation_dice, of the test images; to be looked at once, after choosing.",
                    result -> dice(result.testOverlap())),
            last(
                    "final_train_loss",
                    "Mean loss over the last epoch, as weights moved, in nats; null unless completed.",
                    Epoch::trainLoss),
            last(
                    "final_train_accuracy",
                    "Share of hits over the last epoch, as weights moved, 0 to 1; null unless completed.",
                    Epoch::trainAccuracy),
            result(
                    "finished_epochs",
                    INTEGER,
                    "Epochs that were finished.",
                    result -> result.epochs().size()),
            result(
                    "train_seconds",
                    DECIMAL,
                    "Wall seconds of training, without evaluation.",
                    TrialResult::trainSeconds),
            result(
                    "epoch_seconds",
                    DECIMAL,
                    "Mean wall seconds of training an epoch, without evaluation.",
                    TrialResult::epochSeconds),
            result("images_per_second", DECIMAL, "Training images a second of training.", TrialResult::imagesPerSecond),
            result(
                    "setup_seconds",
                    DECIMAL,
                    "Wall seconds before the first step: the network written and loaded.",
                    TrialResult::setupSeconds),
            result("total_seconds", DECIMAL, "Wall seconds of the whole trial.", TrialResult::totalSeconds),
            result(
                    "outside_share",
                    DECIMAL,
                    "Share of a training step spent outside the engine, 0 to 1.",
                    TrialResult::outsideShare),
            result(
                    "peak_memory_bytes",
                    LONG,
                    "Highest resident memory of the process; null unless the trial ran alone in it.",
                    TrialResult::peakMemoryBytes),
            trial(
                    "training_memory_bytes",
                    LONG,
                    "Predicted memory of training with this batch size.",
                    TrialRow::trainingMemoryBytes),
            trial(
                    "inference_memory_bytes",
                    LONG,
                    "Predicted largest live set of one image's inference.",
                    TrialRow::inferenceMemoryBytes),
            result(
                    "precision",
                    TEXT,
                    "What convolutions were computed in: fp32, bf16 or fp16.",
                    result -> result.place().precision()),
            result(
                    "threads",
                    INTEGER,
                    "Threads of the engine inside one operation.",
                    result -> result.place().threads()),
            result(
                    "device",
                    TEXT,
                    "cpu, or gpu: and its address.",
                    result -> known(result.place().device())),
            result(
                    "host",
                    TEXT,
                    "Name of the host that it ran on.",
                    result -> known(result.place().host())),
            result(
                    "processor",
                    TEXT,
                    "Name of that host's processor.",
                    result -> known(result.place().processor())));

    /** Those that say what made the row. */
    static final List<Column<TrialLine>> PROVENANCE = List.of(
            result(
                    "narrows_version",
                    TEXT,
                    "Version of Narrows that trained it.",
                    result -> version(result, "narrows")),
            result(
                    "git_commit",
                    TEXT,
                    "Commit of Narrows that trained it, where the build knew it.",
                    result -> version(result, "commit")),
            result(
                    "versions",
                    TEXT,
                    "Versions of all that computed it, as name=version pairs between semicolons.",
                    result -> result.place().versions()),
            Column.required("schema_version", INTEGER, "Version of this schema.", line -> Table.SCHEMA_VERSION),
            result("started_at", INSTANT, "When the trial began.", TrialResult::startedAt));

    /** Null where nobody knows where a trial died. */
    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Column<TrialLine> line(
            String name, Kind kind, String meaning, Function<TrialLine, @Nullable Object> value) {
        return Column.optional(name, kind, meaning, value);
    }

    private static Column<TrialLine> cost(String name, String meaning, Function<dev.narrows.cost.Cost, Object> value) {
        return line(name, LONG, meaning, line -> line.ofCost(value));
    }

    private static Column<TrialLine> trial(
            String name, Kind kind, String meaning, Function<TrialRow, @Nullable Object> value) {
        return line(name, kind, meaning, line -> line.ofTrial(value));
    }

    private static Column<TrialLine> result(
            String name, Kind kind, String meaning, Function<TrialResult, @Nullable Object> value) {
        return trial(name, kind, meaning, row -> value.apply(row.result()));
    }

    private static Column<TrialLine> narrows(
            String name, Kind kind, String meaning, Function<NarrowEnds, @Nullable Object> value) {
        return result(name, kind, meaning, result -> {
            NarrowEnds narrows = result.narrows();
            return narrows == null ? null : value.apply(narrows);
        });
    }

    private static List<?> ofEnds(NarrowEnds narrows, Function<NarrowEnd, Object> value) {
        return narrows.ends().stream().map(value).toList();
    }

    private static Column<TrialLine> best(
            String name, Kind kind, String meaning, Function<Epoch, @Nullable Object> value) {
        return result(name, kind, meaning, result -> {
            Epoch best = result.bestEpoch();
            return best == null ? null : value.apply(best);
        });
    }

    private static Column<TrialLine> last(String name, String meaning, Function<Epoch, @Nullable Object> value) {
        return result(name, DECIMAL, meaning, result -> {
            List<Epoch> epochs = result.epochs();
            return epochs.isEmpty() || result.outcome() != Outcome.COMPLETED
                    ? null
                    : value.apply(epochs.get(epochs.size() - 1));
        });
    }

    static @Nullable Double iou(@Nullable Overlap overlap) {
        return overlap == null ? null : overlap.meanIou();
    }

    static @Nullable Double dice(@Nullable Overlap overlap) {
        return overlap == null ? null : overlap.dice();
    }

    /** As many bytes as all images need, where their number is known: misses at the end leave no bits behind. */
    private static byte @Nullable [] hits(TrialRow row) {
        BitSet hits = row.result().validationHits();
        Integer images = row.validationImages();
        if (hits == null) {
            return null;
        }
        byte[] bytes = hits.toByteArray();
        return images == null ? bytes : Arrays.copyOf(bytes, Math.max(bytes.length, (images + 7) / 8));
    }

    private static @Nullable String version(TrialResult result, String name) {
        for (String pair : result.place().versions().split(";", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }
}
