package dev.narrows.jobs.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows list.")
public record StudiesDocument(
        @Meaning("The folder that was searched.") String folder,

        @Meaning("The studies in it, the last that ran first.")
        List<ListedStudy> studies) {
    public StudiesDocument {
        studies = List.copyOf(studies);
    }

    @Meaning("One study with results.")
    public record ListedStudy(
            @Meaning("Name of the study.") String study,
            @Meaning("Its results folder.") String folder,
            @Meaning("Trials that have ended.") int endedTrials,

            @Meaning("Trials of the study, ended or not; null where only its public tables are left.") @Nullable
            Integer trials,

            @Meaning("True while a driver runs it.") boolean running,

            @Meaning("End of its last trial, in UTC; null where none has ended.") @Nullable
            String lastTrialAt,

            @Meaning("Measure that the study chooses by first.")
            String measure,

            @Meaning("Best value of that measure, a mean over seeds; null where no variant has it.") @Nullable
            Double best,

            @Meaning("Label of the variant that has it.") @Nullable
            String bestVariant) {}
}
