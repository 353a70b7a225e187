package dev.narrows.jobs.output;

import dev.narrows.checkpoint.CheckpointsFolder;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints that lie in a results folder while none of its trials runs. */
public record LeftoverCheckpoints(CheckpointsFolder folder) {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverCheckpoints.class);

    /**
     * Removes those from which no trial will go on, and names the trials of the others. One that cannot be removed
     * waits for the next run.
     *
     * @param open ids of the trials of the study that have not ended
     */
    public Set<String> drop(Set<String> open) {
        Set<String> kept = new TreeSet<>();
        try {
            for (String trialId : folder.trialIds()) {
                if (open.contains(trialId)) {
                    kept.add(trialId);
                } else {
                    folder.delete(trialId);
                }
            }
        } catch (UncheckedIOException e) {
            LOG.warn("Cannot remove the checkpoints that nothing needs: {}", e.getMessage());
        }
        return kept;
    }
}
