package dev.narrows.jobs.blame;

import dev.narrows.files.Folder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The trials whose process died while they ran, and how often. All trials of a process that died are suspects, so
 * suspects run again alone, after all others; one whose process dies twice while it is alone is to blame.
 *
 * <p>Kept as one file per suspect, one line per death, so that blame outlives the driver. Only one driver writes them,
 * which lists them once and then knows.
 */
public final class Suspects {
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
     * @param alone true where nothing else ran in that process, so that the death is the trial's own
     * @param cause the signal and the host, or what is known
     */
    public void died(String trialId, boolean alone, String cause) {
        String line = (alone ? ALONE : TOGETHER) + cause.replace('\n', ' ') + "\n";
        folder.write(trialId, folder.text(trialId).orElse("") + line);
        known().add(trialId);
    }

    /** The suspects, each with its deaths. */
    public Map<String, Deaths> all() {
        Map<String, Deaths> all = new TreeMap<>();
        known().forEach(trialId -> all.put(trialId, deaths(trialId)));
        return all;
    }

    /** The deaths of a trial that count; none for one that is no suspect. */
    public Deaths deaths(String trialId) {
        return new Deaths(
                contains(trialId)
                        ? folder.text(trialId)
                                .orElse("")
                                .lines()
                                .filter(line -> line.startsWith(ALONE))
                                .map(line -> line.substring(ALONE.length()))
                                .toList()
                        : List.of());
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

    private Set<String> known() {
        Set<String> names = known;
        if (names == null) {
            names = new TreeSet<>(folder.names());
            known = names;
        }
        return names;
    }
}
