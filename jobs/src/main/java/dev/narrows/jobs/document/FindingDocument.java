package dev.narrows.jobs.document;

import java.util.LinkedHashMap;
import java.util.Map;

@Meaning("One thing that is known of a study before it runs.")
public record FindingDocument(
        @Meaning("fact, warning (the study runs, and its result may not be what was wanted) or error (run refuses it).")
        String severity,

        @Meaning("Subject: grid, images, split, classes, files, device, memory, time, latency, results or cluster.")
        String topic,

        @Meaning("Sentence for a person.") String message,

        @Meaning("Numbers of the sentence by name.") Map<String, Long> values) {
    public FindingDocument {
        values = new LinkedHashMap<>(values);
    }
}
