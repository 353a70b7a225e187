package dev.narrows.jobs.preflight;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that is known of a study before it runs.
 *
 * @param where the study file, the images or the machine that it is about; empty where the sentence says it
 * @param values the numbers of the sentence by name, for programs
 * @param remedy advice; empty where nothing is to be done
 */
public record Finding(
        Severity severity, Topic topic, String where, String sentence, Map<String, Long> values, String remedy) {
    /** The weight of a finding. */
    public enum Severity {
        /** Known, and as it should be. */
        FACT,
        /** The study runs, and its result may not be what was wanted. */
        WARNING,
        /** The study does not run. */
        ERROR
    }

    /** The subject of a finding. */
    public enum Topic {
        GRID,
        SEARCH,
        IMAGES,
        SPLIT,
        CLASSES,
        FILES,
        DEVICE,
        MEMORY,
        TIME,
        LATENCY,
        RESULTS,
        CLUSTER
    }

    public Finding {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A fact in a sentence that says what it is about. */
    static Finding fact(Topic topic, String sentence, Map<String, Long> values) {
        return new Finding(Severity.FACT, topic, "", sentence, values, "");
    }

    /** The finding in one line. */
    public String line() {
        return (where.isEmpty() ? "" : where + ": ") + sentence + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }

    /** The same as a warning, where it is an error. */
    Finding softened() {
        return severity == Severity.ERROR
                ? new Finding(Severity.WARNING, topic, where, sentence, values, remedy)
                : this;
    }
}
