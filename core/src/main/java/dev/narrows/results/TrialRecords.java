package dev.narrows.results;

import dev.narrows.trial.TrialHistory;
import dev.narrows.trial.TrialOrigin;
import dev.narrows.trial.TrialState;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The records of a journal at one moment, by the ids of their trials. */
public final class TrialRecords {
    private final Map<String, TrialRecord> records;

    private TrialRecords(Map<String, TrialRecord> records) {
        this.records = Collections.unmodifiableMap(new TreeMap<>(records));
    }

    public static TrialRecords of(Collection<TrialRecord> records) {
        Map<String, TrialRecord> byId = new TreeMap<>();
        records.forEach(record -> byId.put(record.trialId(), record));
        return new TrialRecords(byId);
    }

    /**
     * The records that two kinds of files hold together.
     *
     * @param open records without the attempts that have ended
     * @param ended the last attempt of each trial that has ended
     */
    static TrialRecords of(Collection<TrialRecord> open, Collection<TrialRow> ended) {
        Map<String, TrialRecord> byId = new TreeMap<>();
        ended.forEach(row -> byId.put(row.trialId(), TrialRecord.ended(row)));
        open.forEach(record -> byId.merge(record.trialId(), record, TrialRecords::joined));
        return new TrialRecords(byId);
    }

    private static TrialRecord joined(TrialRecord ended, TrialRecord open) {
        TrialHistory history = ended.history();
        if (!isOver(open, ended)) {
            for (var event : open.history().events()) {
                history = history.then(event);
            }
        }
        return new TrialRecord(ended.trial(), open.origin(), history);
    }

    /** True where a result is that of the attempt that an open record tells of, or of a later one. */
    private static boolean isOver(TrialRecord open, TrialRecord ended) {
        long result = ended.history().result().orElseThrow().startedAt();
        return open.history().start().map(start -> start.at() <= result).orElse(true);
    }

    /** All of them, in the order of their ids. */
    public Collection<TrialRecord> all() {
        return records.values();
    }

    /** The record of one trial; empty where the journal has none, as of a trial of the plan that waits. */
    public Optional<TrialRecord> of(String trialId) {
        return Optional.ofNullable(records.get(trialId));
    }

    /** The state of any trial. */
    public TrialState state(String trialId) {
        return of(trialId).map(TrialRecord::state).orElse(TrialState.WAITING);
    }

    /** The rows of the tables: the last result of every trial that has one. */
    public List<TrialRow> rows() {
        return records.values().stream()
                .flatMap(record -> record.row().stream())
                .toList();
    }

    /** The trials that runs have added to the plan. */
    public List<TrialRecord> added() {
        return records.values().stream()
                .filter(record -> record.origin().isAdded())
                .toList();
    }

    /** An open record that adds nothing to what the ended trials say. */
    static boolean isObsolete(TrialRecord open, Optional<TrialRow> ended) {
        return open.origin().equals(TrialOrigin.PLAN)
                && ended.map(TrialRecord::ended)
                        .filter(row -> isOver(open, row))
                        .isPresent();
    }
}
