package dev.narrows.jobs.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows best.")
public record ChoiceDocument(
        @Meaning("Name of the study.") String study,
        @Meaning("Its results folder.") String folder,

        @Meaning("The question of the study file.") @Nullable
        String question,

        @Meaning("Objectives, such as maximize validation_accuracy; the first decides, the next break ties.")
        List<String> objectives,

        @Meaning("Constraints that the ranking meets, such as params <= 20000.")
        List<String> constraints,

        @Meaning("Variants of the study, with or without a result.")
        int variants,

        @Meaning("Variants that meet the constraints, the best first; --top does not shorten it.")
        List<VariantDocument> ranking,

        @Meaning("The first of the ranking against the second; null where it is alone.") @Nullable
        DifferenceDocument againstNext,

        @Meaning("Label of the variant with the fewest MACs whose quality does not differ from the first"
                + " by a settled amount; null where that is the first itself.")
        @Nullable
        String cheaper,

        @Meaning("That variant against the first.") @Nullable
        DifferenceDocument cheaperAgainstBest,

        @Meaning("Importance of the knobs of each family with at least three variants that differ.")
        List<ImportanceDocument> importance,

        @Meaning("Trials that have ended.") int endedTrials,
        @Meaning("Trials of the study.") int trials,
        @Meaning("Reservations about the figures.") List<String> notes) {
    public ChoiceDocument {
        objectives = List.copyOf(objectives);
        constraints = List.copyOf(constraints);
        ranking = List.copyOf(ranking);
        importance = List.copyOf(importance);
        notes = List.copyOf(notes);
    }
}
