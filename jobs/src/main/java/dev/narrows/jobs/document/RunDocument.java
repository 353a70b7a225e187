package dev.narrows.jobs.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows run at its end.")
public record RunDocument(
        @Meaning("Name of the study.") String study,
        @Meaning("Its results folder.") String folder,

        @Meaning("The question of the study file.") @Nullable
        String question,

        @Meaning("True where the run was cancelled; the same command continues it.")
        boolean cancelled,

        @Meaning("Exit code of the command.") int exitCode,
        @Meaning("Trials that have ended.") int endedTrials,
        @Meaning("Trials of the study.") int trials,
        @Meaning("Ended trials by outcome.") Map<String, Long> outcomes,

        @Meaning("Variants that were rejected before training.")
        int rejectedVariants,

        @Meaning("Trials that failed, by reason.") List<TrialFailure> failures,
        @Meaning("Every variant of the plan, in its order.") List<VariantDocument> variants,
        @Meaning("Reservations about the figures.") List<String> notes,
        @Meaning("File of the report.") String report,
        @Meaning("Files of the tables.") List<String> tables) {
    public RunDocument {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        failures = List.copyOf(failures);
        variants = List.copyOf(variants);
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
    }

    @Meaning("Trials of one variant that failed for one reason.")
    public record TrialFailure(
            @Meaning("Outcome of the trials.") String outcome,
            @Meaning("Label of their variant.") String variant,
            @Meaning("Reason of the end.") @Nullable String message,
            @Meaning("Number of such trials.") int trials) {}
}
