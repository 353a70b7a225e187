package dev.narrows.results;

import dev.narrows.study.Augmentation;
import dev.narrows.study.Columns;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Preparation;
import dev.narrows.study.Schedule;
import dev.narrows.study.Size;
import dev.narrows.study.TaskChoice;
import dev.narrows.study.Training;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A trial's row as the journal keeps it: the columns of {@code trials} that every study has, knobs and epochs nested. */
final class JournalRows {
    private static final String EPOCHS = "epochs_of_trial";
    private static final String TRAINING_PRECISION = "training_precision";

    /** What the table does not tell apart from the precision that a trial was computed in. */
    static final Column<TrialLine> ASKED_PRECISION = Column.required(
            TRAINING_PRECISION,
            Kind.TEXT,
            "The precision that was asked for.",
            line -> java.util.Objects.requireNonNull(line.trial())
                    .training()
                    .precision()
                    .name());

    private static final Table<TrialLine> COLUMNS = TrialColumns.table(List.of(ASKED_PRECISION));
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
        TrialDescription trial = description(group);
        List<Epoch> epochs =
                cells.entries(EPOCHS).stream().map(EpochColumns::read).toList();
        return new TrialRow(trial, ResultColumns.read(cells, trial.trialId(), epochs));
    }

    /** What a row says of a trial whatever came of it. */
    static TrialDescription description(Group group) {
        Cells cells = new Cells(group);
        return SubjectColumns.read(
                cells, SettingsColumn.get(group), training(cells), data(cells), cells.textOrNull("data_fingerprint"));
    }

    static LatencyRow latency(Group group) {
        return LatencyColumns.read(new Cells(group));
    }

    private static Training training(Cells cells) {
        double decay = cells.decimal("weight_decay");
        Optimizer optimizer = cells.text("optimizer").equals("sgd")
                ? new Optimizer.Sgd(cells.decimal("momentum"), cells.flag("nesterov"), decay)
                : new Optimizer.AdamW(cells.decimal("beta1"), cells.decimal("beta2"), cells.decimal("epsilon"), decay);
        return new Training(
                cells.integer("epochs"),
                cells.integer("batch_size"),
                Precision.valueOf(cells.text(TRAINING_PRECISION)),
                optimizer,
                Cells.constant(cells.text("schedule"), Schedule.class),
                cells.decimal("learning_rate"),
                cells.decimal("warmup_epochs"),
                cells.decimal("label_smoothing"),
                cells.decimal("clip_norm"),
                new Augmentation(
                        cells.integer("augmentation_crop"),
                        cells.flag("augmentation_flip"),
                        cells.flagOr("augmentation_turn", false),
                        cells.decimalOr("augmentation_elastic", 0)),
                constant(cells, "loss", Loss.class, Loss.CROSS_ENTROPY),
                cells.decimal("time_limit_seconds"));
    }

    private static DataSpec data(Cells cells) {
        return new DataSpec(
                cells.text("data_source"),
                Optional.ofNullable(cells.integerOrNull("data_train")),
                Optional.ofNullable(cells.integerOrNull("data_validation")),
                Optional.ofNullable(cells.integerOrNull("data_test")),
                cells.number("split_seed"),
                new Preparation(
                        constant(cells, "data_task", TaskChoice.class, TaskChoice.AUTO),
                        new Columns(cells.textOr("data_image_column", ""), cells.textOr("data_answer_column", "")),
                        cells.integersOr("data_ignore", List.of()),
                        constant(cells, "data_colour", Preparation.Colour.class, Preparation.NONE.colour()),
                        size(cells, "data_height", "data_width"),
                        constant(cells, "data_fit", Preparation.Fit.class, Preparation.NONE.fit()),
                        size(cells, "data_patch_height", "data_patch_width"),
                        constant(cells, "data_corrupt", Preparation.Corrupt.class, Preparation.NONE.corrupt())));
    }

    private static Size size(Cells cells, String height, String width) {
        Integer rows = cells.integerOrNull(height);
        Integer columns = cells.integerOrNull(width);
        return rows == null || columns == null ? Size.NONE : new Size(rows, columns);
    }

    /** A constant, or the default of rows that were written before there was a choice. */
    private static <E extends Enum<E>> E constant(Cells cells, String name, Class<E> type, E before) {
        String word = cells.textOrNull(name);
        return word == null ? before : Cells.constant(word, type);
    }
}
