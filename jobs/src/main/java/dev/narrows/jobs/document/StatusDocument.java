package dev.narrows.jobs.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows status.")
public record StatusDocument(
        @Meaning("Name of the study.") String study,
        @Meaning("Its results folder.") String folder,
        @Meaning("Trials that have ended.") int endedTrials,

        @Meaning("Trials of the study, ended or not; null where only its public tables are left.") @Nullable
        Integer trials,

        @Meaning("Ended trials by outcome.") Map<String, Long> outcomes,

        @Meaning("The driver that runs the study now; null where none does.") @Nullable
        String driver,

        @Meaning("Trials that run now.") List<RunningTrialDocument> running,

        @Meaning("The best ended trial; null where none has a quality.") @Nullable
        BestTrial best,

        @Meaning("Reservations about the figures.") List<String> notes) {
    public StatusDocument {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        running = List.copyOf(running);
        notes = List.copyOf(notes);
    }

    @Meaning("A trial that runs now.")
    public record RunningTrialDocument(
            @Meaning("Label of its variant, and its seed.") String trial,
            @Meaning("Host that it runs on.") String host,
            @Meaning("Seconds since it began.") double seconds) {}

    @Meaning("The best ended trial by the study's measure of quality.")
    public record BestTrial(
            @Meaning("Id of the trial.") String trialId,
            @Meaning("Label of its variant.") String variant,
            @Meaning("Its seed.") long seed,

            @Meaning("The measure of quality, such as validation_accuracy.")
            String measure,

            @Meaning("Its value at the end, 0 to 1.") double value) {}
}
