package dev.narrows.results;

import dev.narrows.trial.Epoch;
import dev.narrows.trial.LatencyRow;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A trial's row as the journal keeps it: the columns of {@code trials} that every study has, knobs and epochs nested.
 */
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
        StoredCells cells = new StoredCells(group);
        TrialDescription trial = description(group);
        List<Epoch> epochs =
                cells.entries(EPOCHS).stream().map(EpochColumns::read).toList();
        return new TrialRow(trial, ResultColumns.read(cells, trial.trialId(), epochs));
    }

    /** The trial of a row, without its result. */
    static TrialDescription description(Group group) {
        StoredCells cells = new StoredCells(group);
        return SubjectColumns.read(
                cells,
                SettingsColumn.get(group),
                TrainingColumns.training(cells),
                TrainingColumns.data(cells),
                cells.textOrNull("data_fingerprint"));
    }

    static LatencyRow latency(Group group) {
        return LatencyColumns.read(new StoredCells(group));
    }
}
