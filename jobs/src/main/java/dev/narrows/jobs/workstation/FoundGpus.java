package dev.narrows.jobs.workstation;

import java.util.List;

/**
 * The GPUs that a discovery script has found.
 *
 * @param addresses as Spark is to hand them out
 * @param notes sentences of the script for the user, such as which GPUs are busy with other programs
 * @param problem the reason where there are none, else empty
 */
public record FoundGpus(List<String> addresses, List<String> notes, String problem) {
    public FoundGpus {
        addresses = List.copyOf(addresses);
        notes = List.copyOf(notes);
    }

    static FoundGpus none(String problem) {
        return new FoundGpus(List.of(), List.of(), problem);
    }
}
