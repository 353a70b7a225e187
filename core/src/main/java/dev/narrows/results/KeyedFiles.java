package dev.narrows.results;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things with a key, each in a file of its own or with many others in one: the file of its own counts where it is in
 * both.
 *
 * <p>The file of one thing that cannot be read is told and counts as not there; the file of many that cannot be read is
 * bad input. Only what has been read whole is ever deleted.
 */
final class KeyedFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedFiles.class);
    private static final String END = ".parquet";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]+");
    /** Below this, reading file by file takes less than half a second. */
    private static final int WORTH_COMPACTING = 300;

    private static final List<Long> PAUSES_MILLIS = List.of(100L, 1000L);

    /**
     * The form of the files.
     *
     * @param prefix begins the names of files of one thing; no key has a sign in it
     * @param collected begins the names of files of many
     */
    record Format<T>(
            String prefix,
            String collected,
            MessageType type,
            Function<T, Group> write,
            Function<Group, T> read,
            Function<T, String> key) {}

    private final Folder folder;
    private final RowFiles files;
    private final Format<T> format;
    private final Pattern collectedName;

    KeyedFiles(Folder folder, Format<T> format) {
        this.folder = folder;
        this.format = format;
        files = new RowFiles(folder);
        collectedName = Pattern.compile(Pattern.quote(format.collected()) + "[0-9]+" + Pattern.quote(END));
    }

    /** Keeps a thing, in the place of an earlier one of its key. */
    void write(T thing) {
        String key = format.key().apply(thing);
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "Cannot keep trial '%s': an id has letters and digits only".formatted(key));
        }
        files.write(
                name(key),
                format.type(),
                Map.of(),
                CompressionCodecName.UNCOMPRESSED,
                List.of(format.write().apply(thing)));
    }

    /** The thing of one key in a file of its own. */
    Optional<T> single(String key) {
        return folder.exists(name(key))
                ? readable(name(key), unreadable -> {}).stream().findFirst()
                : Optional.empty();
    }

    /** The thing of one key, wherever it is. */
    Optional<T> find(String key) {
        Optional<T> single = single(key);
        return single.isPresent() ? single : Optional.ofNullable(collected().get(key));
    }

    void delete(String key) {
        folder.delete(name(key));
    }

    /** The keys, found by listing names where things are in files of their own. */
    Set<String> keys(Consumer<String> unreadable) {
        Set<String> keys = new TreeSet<>();
        for (String name : singles()) {
            Optional<String> cutOff = files.cutOff(name);
            if (cutOff.isPresent()) {
                tell("Cannot read %s/%s: %s".formatted(folder, name, cutOff.get()), unreadable);
            } else {
                keys.add(key(name));
            }
        }
        keys.addAll(collected().keySet());
        return keys;
    }

    /** All of them by their keys, in the order of these. */
    Map<String, T> all(Consumer<String> unreadable) {
        Map<String, T> single = readSingles(singles(), unreadable);
        // Later than those, because a driver may be putting them into one meanwhile.
        Map<String, T> all = new TreeMap<>(collected());
        single.values().forEach(thing -> all.put(format.key().apply(thing), thing));
        return all;
    }

    boolean isWorthCompacting(Predicate<String> settled) {
        return singles(settled).size() >= WORTH_COMPACTING;
    }

    /**
     * Puts files of one thing into one of many, where there are enough.
     *
     * @param settled says of a key that nobody writes its file meanwhile
     * @param wanted says what is still needed; the others are left out
     * @throws BadInput where an earlier file of many cannot be read; then nothing has changed
     */
    void compact(Predicate<String> settled, Predicate<T> wanted) {
        if (!isWorthCompacting(settled)) {
            return;
        }
        Map<String, T> read = readSingles(singles(settled), unreadable -> {});
        List<String> before = new ArrayList<>(collectedNames());
        int number = before.stream().mapToInt(this::number).max().orElse(0) + 1;
        // The latest first: what it has of a key counts.
        Collections.reverse(before);
        String all = "%s%06d%s".formatted(format.collected(), number, END);
        files.write(all, format.type(), Map.of(), CompressionCodecName.ZSTD, writer -> {
            Set<String> written = new HashSet<>();
            Consumer<T> once = thing -> {
                if (written.add(format.key().apply(thing)) && wanted.test(thing)) {
                    writer.accept(format.write().apply(thing));
                }
            };
            new TreeMap<>(read).values().forEach(once);
            before.forEach(name -> forEachCollected(name, once));
        });
        // Else a power failure could leave the deletions without what they are for.
        folder.sync(all);
        before.forEach(folder::delete);
        read.keySet().forEach(folder::delete);
    }

    private List<String> singles() {
        return singles(key -> true);
    }

    private List<String> singles(Predicate<String> ofKey) {
        return folder.names().stream()
                .filter(name -> name.startsWith(format.prefix()) && name.endsWith(END))
                .filter(name -> KEY.matcher(key(name)).matches() && ofKey.test(key(name)))
                .toList();
    }

    /** The things in files of one thing that can be read, by file name. */
    private Map<String, T> readSingles(List<String> names, Consumer<String> unreadable) {
        // On a cluster's file system the calling thread is the one that Hadoop knows the user by.
        Stream<String> stream = folder.local().isPresent() ? names.parallelStream() : names.stream();
        Map<String, T> things = new ConcurrentHashMap<>();
        Set<String> sentences = new ConcurrentSkipListSet<>();
        stream.forEach(name -> readable(name, sentences::add).forEach(thing -> things.put(name, thing)));
        sentences.forEach(unreadable);
        return things;
    }

    private List<T> readable(String name, Consumer<String> unreadable) {
        return readable(files, name, format.read(), unreadable);
    }

    /** The rows of a file; none where it cannot be read, which is told, or where it has just gone into another. */
    static <R> List<R> readable(RowFiles files, String name, Function<Group, R> read, Consumer<String> unreadable) {
        try {
            return patiently(files, name, read);
        } catch (UnreadableFileException e) {
            tell(String.valueOf(e.getMessage()), unreadable);
            return List.of();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    /** Tries more than once where the storage may answer in a moment: a row that is not read is a trial too many. */
    private static <R> List<R> patiently(RowFiles files, String name, Function<Group, R> read) {
        for (long pause : PAUSES_MILLIS) {
            try {
                return files.read(name, read);
            } catch (UnreadableFileException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                LOG.debug("{}; another try follows", e.getMessage());
                sleep(pause);
            }
        }
        return files.read(name, read);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(String sentence, Consumer<String> unreadable) {
        unreadable.accept(sentence);
        LOG.warn("{}; it counts as not there", sentence);
    }

    /** The things in all files of many: a later file holds those of the files before it. */
    private Map<String, T> collected() {
        Map<String, T> things = new TreeMap<>();
        List<String> names = collectedNames();
        while (true) {
            Optional<UncheckedIOException> gone = Optional.empty();
            for (String name : names) {
                try {
                    forEachCollected(name, thing -> things.put(format.key().apply(thing), thing));
                } catch (UncheckedIOException e) {
                    gone = Optional.of(e);
                }
            }
            List<String> now = collectedNames();
            if (!now.equals(names)) {
                // A driver has just put it into another.
                names = now;
            } else if (gone.isPresent()) {
                throw gone.get();
            } else {
                return things;
            }
        }
    }

    private void forEachCollected(String name, Consumer<T> taker) {
        try {
            files.forEach(name, format.read(), taker);
        } catch (UnreadableFileException e) {
            throw new BadInput(e.getMessage()
                    + "; it holds the rows of many trials: run again where its disk or store was only away, or bring it"
                    + " back from a copy, or delete it to have them run again");
        }
    }

    private List<String> collectedNames() {
        return folder.names().stream()
                .filter(name -> collectedName.matcher(name).matches())
                .toList();
    }

    private String name(String key) {
        return format.prefix() + key + END;
    }

    private String key(String name) {
        return name.substring(format.prefix().length(), name.length() - END.length());
    }

    private int number(String name) {
        return Integer.parseInt(name.substring(format.collected().length(), name.length() - END.length()));
    }
}
