package dev.narrows.jobs.fanout;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small file for each trial that runs inside the driver's own process, taken away when the trial ends. Those that the
 * next start finds were running when the process died.
 */
public final class StartedMarks implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ALONE = "alone";

    private final String folder;

    /** @param folder of this host, made where it is not there */
    public StartedMarks(Path folder) {
        this.folder = folder.toString();
    }

    /**
     * A trial that was running when its process died.
     *
     * @param alone whether nothing else of the study ran meanwhile
     * @param outOfMemoryKills how often the kernel had killed for memory when it began
     */
    public record Mark(String trialId, boolean alone, long outOfMemoryKills) {}

    void set(String trialId, boolean alone) throws IOException {
        Path path = Path.of(folder);
        Files.createDirectories(path);
        String kind = alone ? ALONE : "together";
        Files.writeString(path.resolve(trialId), kind + " " + MemoryKills.soFar());
    }

    void clear(String trialId) throws IOException {
        Files.deleteIfExists(Path.of(folder, trialId));
    }

    /** Takes a mark away that has been read. */
    void forget(String trialId) {
        try {
            clear(trialId);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot take away a started mark in %s: %s".formatted(folder, e), e);
        }
    }

    /** The marks that stand; none where nothing ever ran. */
    public List<Mark> standing() {
        Path path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Mark> marks = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                // A process may die between making the file and filling it; then nothing is known but that it ran.
                String[] words = Files.readString(file).split(" ", -1);
                boolean whole = words.length == 2;
                marks.add(new Mark(
                        String.valueOf(file.getFileName()),
                        whole && words[0].equals(ALONE),
                        whole ? Long.parseLong(words[1]) : Long.MAX_VALUE));
            }
            return marks;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the started marks in %s: %s".formatted(path, e), e);
        }
    }
}
