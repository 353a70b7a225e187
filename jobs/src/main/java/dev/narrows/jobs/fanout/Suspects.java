package dev.narrows.jobs.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The trials whose process died while they ran, and how often. Whoever shared a process with a poison is a suspect too,
 * so suspects run again alone, after all others; one whose process dies twice while it is alone is to blame.
 *
 * <p>Kept as a file a suspect, a line a death, so that blame outlives the driver.
 */
public final class Suspects {
    /** Deaths alone until a trial is {@code crashed}: one could be the host's bad day. */
    private static final int DEATHS_TO_BLAME = 2;

    private static final String ALONE = "alone: ";
    private static final String TOGETHER = "together: ";

    private final Path folder;

    public Suspects(Path folder) {
        this.folder = folder;
    }

    /**
     * Notes a death.
     *
     * @param alone whether nothing else ran in that process, so that the death is the trial's own
     * @param cause the signal and the host, or what is known
     */
    public void died(String trialId, boolean alone, String cause) {
        String line = (alone ? ALONE : TOGETHER) + cause.replace('\n', ' ') + "\n";
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(trialId), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note a death in %s: %s".formatted(folder, e), e);
        }
    }

    /** What to say of a trial that is to blame; empty for one that is not, or not yet. */
    public Optional<String> verdict(String trialId) {
        List<String> alone = deaths(trialId).stream()
                .filter(line -> line.startsWith(ALONE))
                .map(line -> line.substring(ALONE.length()))
                .toList();
        return alone.size() < DEATHS_TO_BLAME
                ? Optional.empty()
                : Optional.of("its process died %d times with nothing else running: %s"
                        .formatted(alone.size(), alone.get(alone.size() - 1)));
    }

    public boolean contains(String trialId) {
        return Files.exists(folder.resolve(trialId));
    }

    /** Clears a trial that has ended, or is to be tried anew. */
    public void clear(String trialId) {
        try {
            Files.deleteIfExists(folder.resolve(trialId));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clear a suspect in %s: %s".formatted(folder, e), e);
        }
    }

    private List<String> deaths(String trialId) {
        try {
            return contains(trialId) ? Files.readAllLines(folder.resolve(trialId)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the suspects in %s: %s".formatted(folder, e), e);
        }
    }
}
