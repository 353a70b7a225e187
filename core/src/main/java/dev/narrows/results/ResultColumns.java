package dev.narrows.results;

import static dev.narrows.results.ColumnType.BYTES;
import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.INSTANT;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.LONG;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.trial.Epoch;
import dev.narrows.trial.ImageClasses;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Resumption;
import dev.narrows.trial.TrialResult;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code trials} that say what came of a trial, in the groups in which the table has them. */
final class ResultColumns {
    /** The outcome. */
    static final ColumnList<TrialLine> ENDING = new ColumnList<>();
    /** The validation images, as the final weights do on them. */
    static final ColumnList<TrialLine> HITS = new ColumnList<>();
    /** Figures on test images. */
    static final ColumnList<TrialLine> TEST = new ColumnList<>();
    /** Time and memory. */
    static final ColumnList<TrialLine> EFFORT = new ColumnList<>();
    /** The form in which it was computed. */
    static final ColumnList<TrialLine> FORMS = new ColumnList<>();
    /** The start, and the attempts before it. */
    static final ColumnList<TrialLine> TIME = new ColumnList<>();

    private static final StoredColumn<TrialLine, String> OUTCOME = ENDING.required(
            "outcome",
            TEXT,
            "Outcome: completed, diverged, out-of-memory, failed, timed-out, crashed, paused or rejected.",
            line -> Objects.requireNonNull(line.outcome(), "outcome").word());
    private static final StoredColumn<TrialLine, String> MESSAGE = ENDING.optional(
            "message", TEXT, "Reason of the end, where the trial did not complete.", TrialLine::message);

    private static final StoredColumn<TrialLine, Double> BALANCED_ACCURACY = decimal(
            HITS,
            "final_validation_balanced_accuracy",
            "Mean over classes of the share of each class's validation images, or positions where they have masks, that"
                    + " the final weights get right, 0 to 1; null unless completed, and in rows of earlier versions.",
            TrialResult::validationBalancedAccuracy);
    private static final StoredColumn<TrialLine, byte[]> VALIDATION_HITS = HITS.optional(
            "validation_hits",
            BYTES,
            "One bit per validation image in the order of the split, lowest bit of a byte first: whether the"
                    + " final weights get it right; null where images have masks.",
            line -> line.ofRow(ResultColumns::hits));
    private static final StoredColumn<TrialLine, byte[]> VALIDATION_CLASSES = HITS.optional(
            "validation_classes",
            BYTES,
            "Class of each validation image in the same order, as unsigned LEB128; null where images have masks, and in"
                    + " rows of earlier versions.",
            line -> bytes(line.ofResult(TrialResult::validationClasses), ImageClasses::bytes));
    private static final StoredColumn<TrialLine, byte[]> VALIDATION_COUNTS = HITS.optional(
            "validation_counts",
            BYTES,
            "Positions of each validation image by class, with the final weights, as unsigned LEB128: the numbers of"
                    + " classes and of images; for each image, in the order of the split, the number of its classes,"
                    + " and for each of these the step from the class before it (from -1 for the first), the positions"
                    + " of mask and network both, of the mask alone, and of the network alone; null where images have"
                    + " labels, and in rows of earlier versions.",
            line -> bytes(line.ofResult(TrialResult::validationCounts), ImageCounts::bytes));

    private static final StoredColumn<TrialLine, Double> TEST_ACCURACY = decimal(
            TEST,
            "test_accuracy",
            "Share of test images, or of positions where they have masks, that the final weights get"
                    + " right, 0 to 1; to be looked at once, after choosing.",
            TrialResult::testAccuracy);
    private static final StoredColumn<TrialLine, Double> TEST_TOP5 = decimal(
            TEST,
            "test_top5",
            "Share of test images whose class is among the five best scores, 0 to 1; null for five classes or fewer.",
            TrialResult::testTop5);
    private static final StoredColumn<TrialLine, Double> TEST_BALANCED_ACCURACY = decimal(
            TEST,
            "test_balanced_accuracy",
            "As final_validation_balanced_accuracy, of the test images; to be looked at once, after choosing.",
            TrialResult::testBalancedAccuracy);
    private static final OverlapColumns<TrialLine> TEST_OVERLAP = OverlapColumns.of(
            TEST,
            "test_mean_iou",
            "As final_validation_mean_iou, of the test images; to be looked at once, after choosing.",
            "test_dice",
            "As final_validation_dice, of the test images; to be looked at once, after choosing.",
            line -> line.ofResult(TrialResult::testOverlap));

    private static final StoredColumn<TrialLine, Double> TRAIN_SECONDS = decimal(
            EFFORT, "train_seconds", "Wall seconds of training, without evaluation.", TrialResult::trainSeconds);

    static {
        EFFORT.derived(
                "epoch_seconds",
                DECIMAL,
                "Mean wall seconds of training per epoch, without evaluation.",
                line -> line.ofResult(TrialResult::epochSeconds));
    }

    private static final StoredColumn<TrialLine, Double> IMAGES_PER_SECOND = decimal(
            EFFORT, "images_per_second", "Training images per second of training.", TrialResult::imagesPerSecond);
    private static final StoredColumn<TrialLine, Double> SETUP_SECONDS = decimal(
            EFFORT,
            "setup_seconds",
            "Wall seconds before the first step: the network written and loaded.",
            TrialResult::setupSeconds);
    private static final StoredColumn<TrialLine, Double> TOTAL_SECONDS =
            decimal(EFFORT, "total_seconds", "Wall seconds of the whole trial.", TrialResult::totalSeconds);
    private static final StoredColumn<TrialLine, Double> OUTSIDE_SHARE = decimal(
            EFFORT,
            "outside_share",
            "Share of a training step spent outside the engine, 0 to 1.",
            TrialResult::outsideShare);
    private static final StoredColumn<TrialLine, Long> PEAK_MEMORY_BYTES = EFFORT.optional(
            "peak_memory_bytes",
            LONG,
            "Highest resident memory of the process; null unless the trial ran alone in it.",
            line -> line.ofResult(TrialResult::peakMemoryBytes));

    private static final StoredColumn<TrialLine, String> FORM = FORMS.optional(
            "form",
            TEXT,
            "Form of the training step: layout and version, as the executor chose it; same form and same"
                    + " kind of processor or GPU: same bits.",
            line -> line.ofResult(TrialResult::form));

    private static final StoredColumn<TrialLine, Long> STARTED_AT =
            TIME.optional("started_at", INSTANT, "Start of the trial.", line -> line.ofResult(TrialResult::startedAt));
    private static final StoredColumn<TrialLine, Integer> RESUMED_AFTER_EPOCHS = TIME.optional(
            "resumed_after_epochs",
            INTEGER,
            "Epochs after which the last attempt went on from a checkpoint, 0 where it had to begin anew; null where no"
                    + " earlier attempt had left one.",
            line -> line.ofResumption(Resumption::afterEpochs));
    private static final StoredColumn<TrialLine, Double> EARLIER_SECONDS = TIME.optional(
            "earlier_seconds",
            DECIMAL,
            "Wall seconds of earlier attempts up to that checkpoint, which total_seconds counts too.",
            line -> line.ofResumption(Resumption::earlierSeconds));
    private static final StoredColumn<TrialLine, String> RESTART_REASON = TIME.optional(
            "restart_reason",
            TEXT,
            "Reason why the trial began anew although an earlier attempt had left a checkpoint.",
            line -> line.ofResumption(start -> start.wentOn() ? null : start.restartReason()));

    private ResultColumns() {}

    private static StoredColumn<TrialLine, Double> decimal(
            ColumnList<TrialLine> list, String name, String meaning, Function<TrialResult, @Nullable Double> value) {
        return list.optional(name, DECIMAL, meaning, line -> line.ofResult(value));
    }

    private static <T> byte @Nullable [] bytes(@Nullable T counts, Function<T, byte[]> kept) {
        return counts == null ? null : kept.apply(counts);
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

    /** A result from its cells, and from its epochs. */
    static TrialResult read(StoredCells cells, String trialId, List<Epoch> epochs) {
        byte[] hits = VALIDATION_HITS.orNull(cells);
        byte[] classes = VALIDATION_CLASSES.orNull(cells);
        byte[] counts = VALIDATION_COUNTS.orNull(cells);
        return new TrialResult(
                trialId,
                StoredCells.constant(OUTCOME.of(cells), Outcome.class),
                MESSAGE.orNull(cells),
                epochs,
                TEST_ACCURACY.orNull(cells),
                TEST_TOP5.orNull(cells),
                TEST_OVERLAP.read(cells),
                BALANCED_ACCURACY.orNull(cells),
                TEST_BALANCED_ACCURACY.orNull(cells),
                hits == null ? null : BitSet.valueOf(hits),
                classes == null ? null : ImageClasses.of(classes),
                counts == null ? null : ImageCounts.of(counts),
                NarrowColumns.read(cells),
                TRAIN_SECONDS.orNull(cells),
                IMAGES_PER_SECOND.orNull(cells),
                SETUP_SECONDS.orNull(cells),
                OUTSIDE_SHARE.orNull(cells),
                PEAK_MEMORY_BYTES.orNull(cells),
                EnvironmentColumns.read(cells),
                FORM.orNull(cells),
                STARTED_AT.of(cells),
                TOTAL_SECONDS.of(cells),
                resumption(cells));
    }

    private static @Nullable Resumption resumption(StoredCells cells) {
        Integer epochs = RESUMED_AFTER_EPOCHS.orNull(cells);
        return epochs == null
                ? null
                : new Resumption(epochs, EARLIER_SECONDS.or(cells, 0.0), RESTART_REASON.or(cells, ""));
    }
}
