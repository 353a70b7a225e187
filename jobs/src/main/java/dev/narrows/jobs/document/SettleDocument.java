package dev.narrows.jobs.document;

import dev.narrows.tradeoff.OpenQuestion;
import dev.narrows.tradeoff.VariantSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows settle.")
public record SettleDocument(
        @Meaning("Name of the study.") String study,
        @Meaning("Its results folder.") String folder,

        @Meaning("Trials that this command added to those of the study; 0 without --run.")
        int addedTrials,

        @Meaning("True where the command was cancelled.") boolean cancelled,

        @Meaning("Open questions, the cheapest to settle first; those that seeds do not settle last.")
        List<Question> open,

        @Meaning("Reservations about the figures.") List<String> notes) {
    public SettleDocument {
        open = List.copyOf(open);
        notes = List.copyOf(notes);
    }

    @Meaning("A question that the results leave open.")
    public record Question(
            @Meaning("The kind: front (membership of a variant), axis (effect of a knob) or seeds (their spread).")
            String about,

            @Meaning("The variant, or the change of the knob.")
            String subject,

            @Meaning("Probability that the variant is on the front; null for other kinds.") @Nullable
            Double frontProbability,

            @Meaning("The difference that is not settled.") DifferenceDocument difference,

            @Meaning("Labels of the variants that need further seeds, all of them alike.")
            List<String> variants,

            @Meaning("Further seeds of each that would settle it; null where reason says why.") @Nullable
            Integer furtherSeeds,

            @Meaning("Reason for an unknown number.") @Nullable
            String reason,

            @Meaning("Seconds in one slot until it is settled; null where the number of seeds is.") @Nullable
            Double seconds) {
        public Question {
            variants = List.copyOf(variants);
        }

        public static Question of(OpenQuestion question) {
            return new Question(
                    Documents.word(question.about()),
                    question.subject(),
                    question.chance().orElse(null),
                    DifferenceDocument.of(question.difference()),
                    question.variants().stream().map(VariantSummary::label).toList(),
                    question.settlement().furtherSeeds().orElse(null),
                    question.settlement().reason().orElse(null),
                    question.canBeSettled() ? question.seconds() : null);
        }
    }
}
