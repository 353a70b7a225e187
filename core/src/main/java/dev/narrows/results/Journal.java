package dev.narrows.results;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.TrialHistory;
import dev.narrows.trial.TrialOrigin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The records of a study's trials, in {@code _journal} of its results folder.
 *
 * <p>A trial that has ended has a row, {@code <id>.parquet}; one that has not, or that a run has added to those of the
 * plan, has {@code open-<id>.parquet}. A file is written under another name and renamed, or put in one go, so it is
 * there whole or not at all, and takes the place of an earlier one. Any number of processes may keep different trials
 * at once.
 *
 * <p>The file of one trial that cannot be read is told and counts as not there; the file of many that cannot be read is
 * bad input, and so is a journal that a newer version of Narrows has written.
 */
public final class Journal {
    private static final String END = ".parquet";
    private static final String LATENCY = "latency-";

    private static final KeyedFiles.Format<TrialRow> ENDED = new KeyedFiles.Format<>(
            "", "compacted-", JournalRows.TYPE, JournalRows::write, JournalRows::read, TrialRow::trialId);
    private static final KeyedFiles.Format<TrialRecord> OPEN = new KeyedFiles.Format<>(
            "open-", "opened-", RecordRows.TYPE, RecordRows::write, RecordRows::read, TrialRecord::trialId);

    private final Folder folder;
    private final RowFiles files;
    private final KeyedFiles<TrialRow> ended;
    private final KeyedFiles<TrialRecord> open;
    private final FormatVersion format;

    private Journal(Folder results) {
        folder = results.child("_journal");
        files = new RowFiles(folder);
        ended = new KeyedFiles<>(folder, ENDED);
        open = new KeyedFiles<>(folder, OPEN);
        format = new FormatVersion(results);
    }

    /**
     * The journal of a results folder, which need not exist yet.
     *
     * @param results a path of any Hadoop file system
     */
    public static Journal open(String results, Configuration configuration) {
        return new Journal(Folder.at(results, configuration));
    }

    /**
     * Takes the journal for this version of Narrows, as a driver does before anything is written.
     *
     * @throws BadInput where a newer version has written in it
     */
    public void adopt() {
        format.keep();
    }

    /**
     * Keeps an ended trial, in the place of an earlier attempt at it. Its record is that of an ended trial then,
     * whatever was kept of the attempt before.
     *
     * @throws java.io.UncheckedIOException where it cannot be written; then nothing of it is there
     */
    public void commit(TrialRow row) {
        ended.write(row);
    }

    /**
     * Keeps where a trial stands, in the place of what was kept before.
     *
     * @throws java.io.UncheckedIOException where it cannot be written; then what was kept before is there
     */
    public void keep(TrialRecord record) {
        if (record.isEnded()) {
            commit(record.row().orElseThrow());
        }
        if (record.isEnded() && !record.origin().isAdded()) {
            open.delete(record.trialId());
        } else {
            open.write(new TrialRecord(
                    record.trial(),
                    record.origin(),
                    new TrialHistory(record.history().sinceEnd())));
        }
    }

    /**
     * Keeps the history of a trial that runs, in the place of what was kept of it before. Its origin stays.
     *
     * @throws java.io.UncheckedIOException where it cannot be written; then what was kept before is there
     */
    public void keepRunning(TrialDescription trial, TrialHistory history) {
        TrialOrigin origin = open.find(trial.trialId()).map(TrialRecord::origin).orElse(TrialOrigin.PLAN);
        open.write(new TrialRecord(trial, origin, new TrialHistory(history.sinceEnd())));
    }

    /** Drops what {@link #keepRunning} kept of the attempts at a trial that has ended. */
    public void dropRunning(String trialId) {
        open.single(trialId).ifPresent(record -> {
            if (record.origin().isAdded()) {
                open.write(TrialRecord.waiting(record.trial(), record.origin()));
            } else {
                open.delete(trialId);
            }
        });
    }

    /**
     * The records of all trials that have one: those that have ended, those that have begun, and those that were added.
     *
     * @param unreadable hears, in a sentence, of each file of one trial that cannot be read and so counts as not there
     * @throws BadInput where a file of many trials cannot be read
     */
    public TrialRecords records(Consumer<String> unreadable) {
        format.check();
        // The row of a trial is written after its open record: read in this order, none is missed.
        Map<String, TrialRecord> begun = open.all(unreadable);
        return TrialRecords.of(begun.values(), ended.all(unreadable).values());
    }

    /** The same, where nobody is told. */
    public TrialRecords records() {
        return records(unreadable -> {});
    }

    /** The ids of the trials that have ended, found by listing names. */
    public Set<String> ended() {
        return ended(unreadable -> {});
    }

    /**
     * The same.
     *
     * @param unreadable hears, in a sentence, of each file of a trial that is cut off, and so counts as not there
     */
    public Set<String> ended(Consumer<String> unreadable) {
        format.check();
        return ended.keys(unreadable);
    }

    /** The row of one ended trial in a file of its own; empty where there is none, or it was compacted. */
    public Optional<TrialRow> row(String trialId) {
        return ended.single(trialId);
    }

    /** The rows of all records, in the order of their ids. */
    public List<TrialRow> rows() {
        return rows(unreadable -> {});
    }

    /**
     * The same.
     *
     * @param unreadable hears, in a sentence, of each file of one trial that cannot be read and so counts as not there
     * @throws BadInput where a file of many trials cannot be read
     */
    public List<TrialRow> rows(Consumer<String> unreadable) {
        format.check();
        return List.copyOf(ended.all(unreadable).values());
    }

    /** Keeps a latency, in the place of an earlier one of the same variant, batch size, runtime and kind of device. */
    public void commitLatency(LatencyRow row) {
        String name = "%s%s-%d-%08x%s".formatted(LATENCY, row.variantId(), row.batchSize(), crc(way(row)), END);
        files.write(
                name,
                LatencyColumns.TABLE.type(),
                Map.of(),
                CompressionCodecName.UNCOMPRESSED,
                List.of(LatencyColumns.TABLE.group(LatencyColumns.TABLE.type(), row)));
    }

    private static String way(LatencyRow row) {
        LatencyRow.Way way = row.way();
        return String.join("|", way.runtime().name(), way.device(), way.precision(), Integer.toString(way.threads()));
    }

    private static long crc(String text) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** Every latency that was measured, by variant, runtime and batch size; of two alike the later one. */
    public List<LatencyRow> latency() {
        return latency(unreadable -> {});
    }

    /**
     * The same.
     *
     * @param unreadable hears, in a sentence, of each file that cannot be read and so counts as not there
     */
    public List<LatencyRow> latency(Consumer<String> unreadable) {
        format.check();
        Map<String, LatencyRow> rows = new HashMap<>();
        for (String name : folder.names()) {
            if (name.startsWith(LATENCY) && name.endsWith(END)) {
                for (LatencyRow row : KeyedFiles.readable(files, name, JournalRows::latency, unreadable)) {
                    rows.merge(
                            row.variantId() + "|" + row.batchSize() + "|" + way(row),
                            row,
                            (one, other) -> other.startedAt() >= one.startedAt() ? other : one);
                }
            }
        }
        List<LatencyRow> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparing(LatencyRow::variantId)
                .thenComparing(LatencyRow::runtime)
                .thenComparing(LatencyRow::batchSize)
                .thenComparing(LatencyRow::deviceKind)
                .thenComparing(row -> row.environment().precision())
                .thenComparing(row -> row.environment().threads()));
        return sorted;
    }

    /**
     * Puts the files of many trials into one, which is read a hundred times faster. Only one process may, while no
     * trial runs; ended in the middle, it leaves every record readable.
     *
     * @throws BadInput where an earlier file of many trials cannot be read; then nothing has changed
     */
    public void compact() {
        compact(id -> true);
    }

    /**
     * The same while trials run and end.
     *
     * @param settled ids of trials of which no attempt runs; the files of all others stay
     * @throws BadInput where an earlier file of many trials cannot be read; then nothing has changed
     */
    public void compact(Set<String> settled) {
        compact(settled::contains);
    }

    private void compact(Predicate<String> settled) {
        format.check();
        ended.compact(settled, row -> true);
        if (open.isWorthCompacting(settled)) {
            Map<String, TrialRow> rows = ended.all(unreadable -> {});
            open.compact(
                    settled,
                    record -> !TrialRecords.isObsolete(record, Optional.ofNullable(rows.get(record.trialId()))));
        }
    }
}
