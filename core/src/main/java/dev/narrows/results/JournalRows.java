package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.net.Shape;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.NarrowEnd;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.Place;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A trial's row as the journal keeps it: the columns of {@code trials} that every study has, knobs and epochs nested. */
final class JournalRows {
    static final String EPOCHS = "epochs_of_trial";
    private static final Table<TrialLine> COLUMNS = TrialColumns.table(TrainingColumns.OF_JOURNAL);
    private static final Table<Epoch> EPOCH = new Table<>("epoch", "A finished epoch.", EpochColumns.COLUMNS);

    static final MessageType TYPE = Types.buildMessage()
            .addFields(COLUMNS.fields())
            .addField(SettingsColumn.field())
            .addField(Types.list(Type.Repetition.REQUIRED)
                    .element(Types.buildGroup(Type.Repetition.REQUIRED)
                            .addFields(EPOCH.fields())
                            .named("element"))
                    .named(EPOCHS))
            .named("trial");

    private JournalRows() {}

    static Group write(TrialRow row) {
        Group group = new SimpleGroup(TYPE);
        COLUMNS.fill(group, TrialLine.of(row));
        SettingsColumn.put(group, row.settings());
        Group epochs = group.addGroup(EPOCHS);
        for (Epoch epoch : row.result().epochs()) {
            EPOCH.fill(epochs.addGroup("list").addGroup("element"), epoch);
        }
        return group;
    }

    /** @throws RuntimeException where the row lacks what a trial must have, as one of another version may */
    static TrialRow read(Group group) {
        Cells cells = new Cells(group);
        return new TrialRow(
                cells.text("study"),
                cells.text("variant_id"),
                cells.text("variant"),
                cells.text("family"),
                SettingsColumn.get(group),
                new Shape(cells.integer("input_channels"), cells.integer("input_height"), cells.integer("input_width")),
                cells.integer("classes"),
                cells.number("seed"),
                new Cost(
                        cells.number("params"),
                        cells.number("macs"),
                        cells.number("activations"),
                        cells.integer("network_depth")),
                cells.numberOrNull("training_memory_bytes"),
                cells.numberOrNull("inference_memory_bytes"),
                TrainingColumns.training(cells),
                TrainingColumns.data(cells),
                cells.textOrNull("data_fingerprint"),
                result(cells));
    }

    /** A constant, or the default of rows that were written before there was a choice. */
    private static <E extends Enum<E>> E constant(Cells cells, String name, Class<E> type, E before) {
        String word = cells.textOrNull(name);
        return word == null ? before : Enum.valueOf(type, constant(word));
    }

    private static @Nullable Overlap overlap(Cells cells, String meanIou, String dice) {
        Double iou = cells.decimalOrNull(meanIou);
        Double coefficient = cells.decimalOrNull(dice);
        return iou == null || coefficient == null ? null : new Overlap(iou, coefficient);
    }

    private static TrialResult result(Cells cells) {
        byte[] hits = cells.bytesOrNull("validation_hits");
        List<Epoch> epochs = new ArrayList<>();
        for (Cells epoch : cells.entries(EPOCHS)) {
            epochs.add(new Epoch(
                    epoch.integer("epoch"),
                    epoch.decimal("train_loss"),
                    epoch.decimal("train_accuracy"),
                    epoch.decimal("validation_loss"),
                    epoch.decimal("validation_accuracy"),
                    epoch.decimalOrNull("validation_top5"),
                    epoch.decimal("learning_rate"),
                    epoch.decimalOrNull("first_layer_gradient_norm"),
                    epoch.decimal("train_seconds"),
                    epoch.decimal("validation_seconds"),
                    overlap(epoch, "validation_mean_iou", "validation_dice")));
        }
        return new TrialResult(
                cells.text("trial_id"),
                Outcome.valueOf(constant(cells.text("outcome"))),
                cells.textOrNull("message"),
                epochs,
                cells.decimalOrNull("test_accuracy"),
                cells.decimalOrNull("test_top5"),
                overlap(cells, "test_mean_iou", "test_dice"),
                hits == null ? null : BitSet.valueOf(hits),
                narrows(cells),
                cells.decimalOrNull("train_seconds"),
                cells.decimalOrNull("images_per_second"),
                cells.decimalOrNull("setup_seconds"),
                cells.decimalOrNull("outside_share"),
                cells.numberOrNull("peak_memory_bytes"),
                place(cells),
                cells.number("started_at"),
                cells.decimal("total_seconds"));
    }

    private static @Nullable NarrowEnds narrows(Cells cells) {
        Integer images = cells.integerOrNull("narrow_images");
        if (images == null) {
            return null;
        }
        List<?> blocks = cells.list("narrow_blocks", Kind.TEXTS);
        List<?> channels = cells.list("narrow_channels_by_block", Kind.INTEGERS);
        List<?> dead = cells.list("narrow_dead_share_by_block", Kind.DECIMALS);
        List<?> ranks = cells.list("narrow_effective_rank_by_block", Kind.DECIMALS);
        List<NarrowEnd> ends = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            ends.add(new NarrowEnd(
                    (String) blocks.get(i), (Integer) channels.get(i), (Double) dead.get(i), (Double) ranks.get(i)));
        }
        return new NarrowEnds(ends, images);
    }

    static LatencyRow latency(Group group) {
        Cells cells = new Cells(group);
        double median = cells.decimal("latency_p50_us");
        return new LatencyRow(
                cells.text("variant_id"),
                cells.text("variant"),
                constant(cells, "runtime", LatencyRuntime.class, LatencyRuntime.TORCH),
                cells.integer("batch_size"),
                cells.number("samples"),
                cells.decimalOrNull("latency_p10_us"),
                median,
                cells.decimal("latency_p90_us"),
                cells.decimal("latency_p99_us"),
                cells.decimal("latency_iqr_us"),
                cells.flag("unstable"),
                cells.decimalOr("images_per_second", cells.integer("batch_size") / median * 1e6),
                cells.decimal("reference_us"),
                cells.decimalOrNull("latency_relative"),
                place(cells),
                cells.number("started_at"));
    }

    private static Place place(Cells cells) {
        return new Place(
                cells.textOr("host", ""),
                cells.textOr("processor", ""),
                cells.textOr("device", ""),
                cells.text("precision"),
                cells.integer("threads"),
                cells.text("versions"));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
