package dev.narrows.results;

import dev.narrows.files.Folder;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Place;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has ended, one file a trial, in {@code _journal} of a study's results folder.
 *
 * <p>A file is written under another name and renamed, so a trial either has ended or has not; a second attempt takes
 * the place of the first. Any number of processes may commit different trials at once. A file that cannot be read is
 * told in the log and counts as not there.
 */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String END = ".parquet";
    /** No trial id begins with a sign, so neither prefix can be one's. */
    private static final String LATENCY = "latency-";

    private static final String COMPACTED = "compacted-";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]+");
    /** Below this, reading file by file takes less than half a second. */
    private static final int WORTH_COMPACTING = 300;

    private final Folder folder;
    private final RowFiles files;

    private Journal(Folder folder) {
        this.folder = folder;
        files = new RowFiles(folder);
    }

    /**
     * The journal of a results folder, which need not exist yet.
     *
     * @param results a path of any Hadoop file system
     */
    public static Journal open(String results, Configuration configuration) {
        return new Journal(Folder.at(results, configuration).child("_journal"));
    }

    /** The ids of the trials that have ended, found by listing names. */
    public Set<String> ended() {
        Set<String> ids = new TreeSet<>();
        for (String name : folder.names()) {
            if (isTrial(name) && files.isWhole(name)) {
                ids.add(name.substring(0, name.length() - END.length()));
            }
        }
        for (TrialRow row : compacted(unreadable -> {})) {
            ids.add(row.trialId());
        }
        return ids;
    }

    /**
     * Keeps an ended trial, in the place of an earlier attempt at it.
     *
     * @throws java.io.UncheckedIOException where it cannot be written; then nothing of it is there
     */
    public void commit(TrialRow row) {
        if (!ID.matcher(row.trialId()).matches()) {
            throw new IllegalArgumentException(
                    "Cannot keep trial '%s': an id has letters and digits only".formatted(row.trialId()));
        }
        files.write(
                row.trialId() + END,
                JournalRows.TYPE,
                Map.of(),
                CompressionCodecName.UNCOMPRESSED,
                List.of(JournalRows.write(row)));
    }

    /** What is kept of one trial in a file of its own; empty where that is nothing, or was compacted. */
    public Optional<TrialRow> row(String trialId) {
        String name = trialId + END;
        return folder.exists(name) ? readable(name, JournalRows::read).stream().findFirst() : Optional.empty();
    }

    /** Every ended trial, in the order of their ids. */
    public List<TrialRow> rows() {
        return rows(unreadable -> {});
    }

    /**
     * Every ended trial, in the order of their ids.
     *
     * @param unreadable hears, in a sentence, of each file that cannot be read and so counts as not there
     */
    public List<TrialRow> rows(Consumer<String> unreadable) {
        // On a cluster's file system the calling thread is the one that Hadoop knows the user by.
        Stream<String> names = folder.local().isPresent() ? folder.names().parallelStream() : folder.names().stream();
        List<TrialRow> single = names.filter(Journal::isTrial)
                .flatMap(name -> readable(name, JournalRows::read, unreadable).stream())
                .toList();
        // Later than those, because a driver may be putting them into one meanwhile.
        Map<String, TrialRow> rows = new LinkedHashMap<>();
        for (TrialRow row : compacted(unreadable)) {
            rows.put(row.trialId(), row);
        }
        single.forEach(row -> rows.put(row.trialId(), row));
        List<TrialRow> sorted = new ArrayList<>(rows.values());
        sorted.sort(java.util.Comparator.comparing(TrialRow::trialId));
        return sorted;
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

    /** How a network was run; on which host is no part of it, because the rows of a study are those of one host. */
    private static String way(LatencyRow row) {
        Place place = row.place();
        return String.join(
                "|", row.runtime().name(), row.deviceKind(), place.precision(), Integer.toString(place.threads()));
    }

    private static long crc(String text) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** Every latency that was measured, by variant, runtime and batch size; of two alike the later one. */
    public List<LatencyRow> latency() {
        Map<String, LatencyRow> rows = new HashMap<>();
        for (String name : folder.names()) {
            if (name.startsWith(LATENCY) && name.endsWith(END)) {
                for (LatencyRow row : readable(name, JournalRows::latency)) {
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
                .thenComparing(LatencyRow::deviceKind));
        return sorted;
    }

    /**
     * Puts the files of many ended trials into one, which is read a hundred times faster. Only one process may, while
     * no trial runs; ended in the middle, it leaves every row readable.
     */
    public void compact() {
        if (singles(folder.names()).size() >= WORTH_COMPACTING) {
            compact(rows(), List.of());
        }
    }

    /**
     * The same for rows that the caller knows, while trials run and end: the files of others stay.
     *
     * @param ended what is kept here of trials that have ended
     * @param earlier what was kept of trials that run again; a file of its own is a later attempt, and stays too
     */
    public void compact(Collection<TrialRow> ended, Collection<TrialRow> earlier) {
        Set<String> ids = new HashSet<>();
        ended.forEach(row -> ids.add(row.trialId() + END));
        List<String> names = folder.names();
        List<String> single = singles(names).stream().filter(ids::contains).toList();
        if (single.size() < WORTH_COMPACTING) {
            return;
        }
        List<String> before =
                names.stream().filter(name -> name.startsWith(COMPACTED)).toList();
        int number = before.stream().mapToInt(Journal::number).max().orElse(0) + 1;
        Iterable<Group> rows = () -> Stream.concat(ended.stream(), earlier.stream())
                .map(JournalRows::write)
                .iterator();
        files.write(
                "%s%06d%s".formatted(COMPACTED, number, END),
                JournalRows.TYPE,
                Map.of(),
                CompressionCodecName.ZSTD,
                rows);
        before.forEach(folder::delete);
        single.forEach(folder::delete);
    }

    private static List<String> singles(List<String> names) {
        return names.stream().filter(Journal::isTrial).toList();
    }

    /** The rows of the latest compacted file that can be read; it holds those of all before it. */
    private Collection<TrialRow> compacted(Consumer<String> unreadable) {
        Map<String, TrialRow> rows = new LinkedHashMap<>();
        List<String> names = compactedNames();
        while (true) {
            for (String name : names) {
                for (TrialRow row : readable(name, JournalRows::read, unreadable)) {
                    rows.put(row.trialId(), row);
                }
            }
            List<String> now = compactedNames();
            if (now.equals(names)) {
                return rows.values();
            }
            names = now;
        }
    }

    private List<String> compactedNames() {
        return folder.names().stream()
                .filter(name -> name.startsWith(COMPACTED))
                .toList();
    }

    private <T> List<T> readable(String name, Function<Group, T> row) {
        return readable(name, row, unreadable -> {});
    }

    private <T> List<T> readable(String name, Function<Group, T> row, Consumer<String> unreadable) {
        try {
            return files.read(name, row);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof NoSuchFileException || e.getCause() instanceof FileNotFoundException) {
                // A driver has just put it into another.
                return List.of();
            }
            unreadable.accept("Cannot read %s/%s: %s".formatted(folder, name, e.getMessage()));
            LOG.warn("Cannot read {} of {}: {}; it counts as not there", name, folder, e.getMessage());
            return List.of();
        }
    }

    private static boolean isTrial(String name) {
        return name.endsWith(END)
                && ID.matcher(name.substring(0, name.length() - END.length())).matches();
    }

    private static int number(String compacted) {
        return Integer.parseInt(compacted.substring(COMPACTED.length(), compacted.length() - END.length()));
    }
}
