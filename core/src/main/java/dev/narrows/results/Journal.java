package dev.narrows.results;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Place;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
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
 * the place of the first. Any number of processes may commit different trials at once. The file of one trial that cannot
 * be read is told and counts as not there; the file of many that cannot be read is bad input, and so is a journal that a
 * newer version of Narrows has written.
 */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String END = ".parquet";
    /** No trial id begins with a sign, so neither prefix can be one's. */
    private static final String LATENCY = "latency-";

    private static final String COMPACTED = "compacted-";
    private static final Pattern COMPACTED_NAME = Pattern.compile(COMPACTED + "[0-9]+" + Pattern.quote(END));
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]+");
    /** Below this, reading file by file takes less than half a second. */
    private static final int WORTH_COMPACTING = 300;

    private final Folder folder;
    private final RowFiles files;
    private final FormatVersion format;

    private Journal(Folder results) {
        folder = results.child("_journal");
        files = new RowFiles(folder);
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
        Set<String> ids = new TreeSet<>();
        for (String name : singles(folder.names())) {
            Optional<String> cutOff = files.cutOff(name);
            if (cutOff.isPresent()) {
                tell("Cannot read %s/%s: %s".formatted(folder, name, cutOff.get()), unreadable);
            } else {
                ids.add(id(name));
            }
        }
        ids.addAll(compacted().keySet());
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
        return folder.exists(name)
                ? readable(name, JournalRows::read, unreadable -> {}).stream().findFirst()
                : Optional.empty();
    }

    /** Every ended trial, in the order of their ids. */
    public List<TrialRow> rows() {
        return rows(unreadable -> {});
    }

    /**
     * Every ended trial, in the order of their ids.
     *
     * @param unreadable hears, in a sentence, of each file of one trial that cannot be read and so counts as not there
     * @throws BadInput where a file of many trials cannot be read
     */
    public List<TrialRow> rows(Consumer<String> unreadable) {
        format.check();
        Collection<TrialRow> single =
                readSingles(singles(folder.names()), unreadable).values();
        // Later than those, because a driver may be putting them into one meanwhile.
        Map<String, TrialRow> rows = new TreeMap<>(compacted());
        single.forEach(row -> rows.put(row.trialId(), row));
        return List.copyOf(rows.values());
    }

    /** The rows of files of one trial that can be read, by the names of these. */
    private Map<String, TrialRow> readSingles(List<String> names, Consumer<String> unreadable) {
        // On a cluster's file system the calling thread is the one that Hadoop knows the user by.
        Stream<String> stream = folder.local().isPresent() ? names.parallelStream() : names.stream();
        Map<String, TrialRow> rows = new ConcurrentHashMap<>();
        Set<String> sentences = new ConcurrentSkipListSet<>();
        stream.forEach(name -> readable(name, JournalRows::read, sentences::add).forEach(row -> rows.put(name, row)));
        sentences.forEach(unreadable);
        return rows;
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
                for (LatencyRow row : readable(name, JournalRows::latency, unreadable)) {
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
     *
     * @throws BadInput where an earlier file of many trials cannot be read; then nothing has changed
     */
    public void compact() {
        compact(singles(folder.names()));
    }

    /**
     * The same while trials run and end.
     *
     * @param settled ids of trials that have ended and do not run again; the files of all others stay
     * @throws BadInput where an earlier file of many trials cannot be read; then nothing has changed
     */
    public void compact(Set<String> settled) {
        compact(singles(folder.names()).stream()
                .filter(name -> settled.contains(id(name)))
                .toList());
    }

    private void compact(List<String> single) {
        if (single.size() < WORTH_COMPACTING) {
            return;
        }
        format.check();
        Map<String, TrialRow> read = readSingles(single, unreadable -> {});
        List<String> before = new ArrayList<>(compactedNames());
        int number = before.stream().mapToInt(Journal::number).max().orElse(0) + 1;
        // The latest first: what it has of a trial counts.
        Collections.reverse(before);
        files.write(
                "%s%06d%s".formatted(COMPACTED, number, END),
                JournalRows.TYPE,
                Map.of(),
                CompressionCodecName.ZSTD,
                writer -> {
                    Set<String> written = new HashSet<>();
                    read.values().stream()
                            .sorted(Comparator.comparing(TrialRow::trialId))
                            .filter(row -> written.add(row.trialId()))
                            .map(JournalRows::write)
                            .forEach(writer);
                    for (String name : before) {
                        forEachCompacted(name, row -> {
                            if (written.add(row.trialId())) {
                                writer.accept(JournalRows.write(row));
                            }
                        });
                    }
                });
        // Only what has been read whole: whatever could not be read stays for whoever mends it.
        before.forEach(folder::delete);
        read.keySet().forEach(folder::delete);
    }

    private static List<String> singles(List<String> names) {
        return names.stream().filter(Journal::isTrial).toList();
    }

    /** The rows of all compacted files by their trials: a later file holds those of all before it. */
    private Map<String, TrialRow> compacted() {
        Map<String, TrialRow> rows = new LinkedHashMap<>();
        List<String> names = compactedNames();
        while (true) {
            Optional<UncheckedIOException> gone = Optional.empty();
            for (String name : names) {
                try {
                    forEachCompacted(name, row -> rows.put(row.trialId(), row));
                } catch (UncheckedIOException e) {
                    gone = Optional.of(e);
                }
            }
            List<String> now = compactedNames();
            if (!now.equals(names)) {
                // A driver has just put it into another.
                names = now;
            } else if (gone.isPresent()) {
                throw gone.get();
            } else {
                return rows;
            }
        }
    }

    private void forEachCompacted(String name, Consumer<TrialRow> taken) {
        try {
            files.forEach(name, JournalRows::read, taken);
        } catch (UnreadableFileException e) {
            throw new BadInput(
                    e.getMessage()
                            + "; it holds the rows of many trials: bring it back from a copy, or delete it to have them run again");
        }
    }

    private List<String> compactedNames() {
        return folder.names().stream()
                .filter(name -> COMPACTED_NAME.matcher(name).matches())
                .toList();
    }

    private <T> List<T> readable(String name, Function<Group, T> row, Consumer<String> unreadable) {
        try {
            return files.read(name, row);
        } catch (UnreadableFileException e) {
            tell(String.valueOf(e.getMessage()), unreadable);
            return List.of();
        } catch (UncheckedIOException e) {
            // A driver has just put it into another.
            return List.of();
        }
    }

    private static void tell(String sentence, Consumer<String> unreadable) {
        unreadable.accept(sentence);
        LOG.warn("{}; it counts as not there", sentence);
    }

    private static boolean isTrial(String name) {
        return name.endsWith(END) && ID.matcher(id(name)).matches();
    }

    private static String id(String name) {
        return name.substring(0, name.length() - END.length());
    }

    private static int number(String compacted) {
        return Integer.parseInt(compacted.substring(COMPACTED.length(), compacted.length() - END.length()));
    }
}
