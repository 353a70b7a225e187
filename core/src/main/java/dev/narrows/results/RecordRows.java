package dev.narrows.results;

import static dev.narrows.results.ColumnType.INSTANT;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.trial.Epoch;
import dev.narrows.trial.TrialEvent;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import dev.narrows.trial.TrialHistory;
import dev.narrows.trial.TrialOrigin;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A record without results as the journal keeps it: the trial, why it is there, and its events since the last end. */
final class RecordRows {
    private static final String EVENTS = "events";
    private static final String EPOCH = "epoch_ended";
    private static final String STARTED = "started";

    private static final Table<TrialLine> SUBJECT = new Table<>("subject", "The trial.", subject());

    private static final ColumnList<TrialOrigin> ORIGIN = new ColumnList<>();
    private static final StoredColumn<TrialOrigin, String> ADDED_FOR = ORIGIN.optional(
            "added_for",
            TEXT,
            "Reason why a run added it; null for a trial of the plan.",
            origin -> origin.isAdded() ? origin.reason() : null);
    private static final StoredColumn<TrialOrigin, Long> ADDED_AT = ORIGIN.optional(
            "added_at",
            INSTANT,
            "Time at which a run added it; null for a trial of the plan.",
            origin -> origin.isAdded() ? origin.addedAt() : null);
    private static final Table<TrialOrigin> ORIGINS = new Table<>("origin", "Origin of the trial.", ORIGIN.list());

    private static final ColumnList<TrialEvent> EVENT = new ColumnList<>();
    private static final StoredColumn<TrialEvent, String> KIND =
            EVENT.required("event", TEXT, "started or epoch_ended.", RecordRows::kind);
    private static final StoredColumn<TrialEvent, Long> AT =
            EVENT.required("at", INSTANT, "Time of the event.", TrialEvent::at);
    private static final StoredColumn<TrialEvent, Integer> AFTER_EPOCHS = EVENT.optional(
            "after_epochs",
            INTEGER,
            "Epochs that the attempt does not train again.",
            event -> event instanceof Started started ? started.afterEpochs() : null);
    private static final StoredColumn<TrialEvent, String> FORM = EVENT.optional(
            "form",
            TEXT,
            "Form of the training step that the attempt runs in.",
            event -> event instanceof Started started ? started.form() : null);

    static {
        EnvironmentColumns.list()
                .forEach(column -> EVENT.derived(
                        column.name(),
                        column.type(),
                        column.meaning(),
                        event -> event instanceof Started started
                                ? column.value().apply(started.environment())
                                : null));
    }

    private static final Table<TrialEvent> EVENT_TABLE = new Table<>("event", "Event of the trial.", EVENT.list());
    private static final Table<Epoch> EPOCH_TABLE = new Table<>(EPOCH, "A finished epoch.", EpochColumns.COLUMNS);

    static final MessageType TYPE = Types.buildMessage()
            .addFields(SUBJECT.fields())
            .addField(SettingsColumn.field())
            .addFields(ORIGINS.fields())
            .addField(Types.list(Type.Repetition.REQUIRED)
                    .element(Types.buildGroup(Type.Repetition.REQUIRED)
                            .addFields(EVENT_TABLE.fields())
                            .addField(Types.buildGroup(Type.Repetition.OPTIONAL)
                                    .addFields(EPOCH_TABLE.fields())
                                    .named(EPOCH))
                            .named("element"))
                    .named(EVENTS))
            .named("record");

    private RecordRows() {}

    private static List<Column<TrialLine>> subject() {
        List<Column<TrialLine>> columns = new ArrayList<>();
        columns.addAll(SubjectColumns.NAMES.list());
        columns.addAll(SubjectColumns.SIZES.list());
        columns.addAll(SubjectColumns.MEMORY.list());
        columns.addAll(TrainingColumns.OF_JOURNAL);
        columns.addAll(TrainingColumns.COLUMNS);
        return columns;
    }

    private static String kind(TrialEvent event) {
        if (event instanceof Started) {
            return STARTED;
        }
        if (event instanceof EpochEnded) {
            return EPOCH;
        }
        throw new IllegalArgumentException("Cannot keep the end of a trial in a record without results");
    }

    static Group write(TrialRecord record) {
        Group group = new SimpleGroup(TYPE);
        SUBJECT.fill(group, TrialLine.of(record.trial()));
        SettingsColumn.put(group, record.trial().settings());
        ORIGINS.fill(group, record.origin());
        Group events = group.addGroup(EVENTS);
        for (TrialEvent event : record.history().events()) {
            Group element = events.addGroup("list").addGroup("element");
            EVENT_TABLE.fill(element, event);
            if (event instanceof EpochEnded ended) {
                EPOCH_TABLE.fill(element.addGroup(EPOCH), ended.epoch());
            }
        }
        return group;
    }

    /** @throws RuntimeException where the row lacks what a record must have, as one of another version may */
    static TrialRecord read(Group group) {
        StoredCells cells = new StoredCells(group);
        String reason = ADDED_FOR.orNull(cells);
        return new TrialRecord(
                JournalRows.description(group),
                reason == null ? TrialOrigin.PLAN : TrialOrigin.added(reason, ADDED_AT.of(cells)),
                new TrialHistory(
                        cells.entries(EVENTS).stream().map(RecordRows::event).toList()));
    }

    private static TrialEvent event(StoredCells cells) {
        long at = AT.of(cells);
        String kind = KIND.of(cells);
        return switch (kind) {
            case STARTED -> new Started(at, AFTER_EPOCHS.of(cells), EnvironmentColumns.read(cells), FORM.orNull(cells));
            case EPOCH ->
                new EpochEnded(at, EpochColumns.read(new StoredCells(cells.row().getGroup(EPOCH, 0))));
            default -> throw new IllegalStateException("it has an event '%s'".formatted(kind));
        };
    }
}
