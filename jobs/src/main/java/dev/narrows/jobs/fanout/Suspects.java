package dev.narrows.jobs.fanout;

import dev.narrows.files.Folder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The trials whose process died while they ran, and how often. Whoever shared a process with a poison is a suspect too,
 * so suspects run again alone, after all others; one whose process dies twice while it is alone is to blame.
 *
 * <p>Kept as a file a suspect, a line a death, so that blame outlives the driver. Only one driver writes them, which
 * lists them once and then knows.
 */
public final class Suspects {
    /** Deaths alone until a trial is {@code crashed}: one could be the host's bad day. */
    private static final int DEATHS_TO_BLAME = 2;

    /** As many where each could be somebody's kill by hand: then a trial needs to be that unlucky. */
    private static final int UNSURE_DEATHS_TO_BLAME = 4;

    private static final String ALONE = "alone: ";
    private static final String TOGETHER = "together: ";

    private final Folder folder;
    private @Nullable Set<String> known;

    public Suspects(Folder folder) {
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
        folder.write(trialId, folder.text(trialId).orElse("") + line);
        known().add(trialId);
    }

    /**
     * What to say of a trial that is to blame.
     *
     * @param host that it died on last
     */
    record Verdict(String message, String host) {}

    /** Empty for a trial that is not to blame, or not yet. */
    Optional<Verdict> verdict(String trialId) {
        List<String> alone = deaths(trialId).stream()
                .filter(line -> line.startsWith(ALONE))
                .map(line -> line.substring(ALONE.length()))
                .toList();
        long sure = alone.stream().filter(Death::isSure).count();
        if (sure < DEATHS_TO_BLAME && alone.size() < UNSURE_DEATHS_TO_BLAME) {
            return Optional.empty();
        }
        String last = alone.get(alone.size() - 1);
        return Optional.of(new Verdict(
                "its process died %d times with nothing else running: %s".formatted(alone.size(), last),
                Death.host(last)));
    }

    public boolean contains(String trialId) {
        return known().contains(trialId);
    }

    /** Clears a trial that has ended, or is to be tried anew. */
    public void clear(String trialId) {
        if (known().remove(trialId)) {
            folder.delete(trialId);
        }
    }

    private List<String> deaths(String trialId) {
        return contains(trialId) ? folder.text(trialId).orElse("").lines().toList() : List.of();
    }

    private Set<String> known() {
        Set<String> names = known;
        if (names == null) {
            names = new TreeSet<>(folder.names());
            known = names;
        }
        return names;
    }
}
