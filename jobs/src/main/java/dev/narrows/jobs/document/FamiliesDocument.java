package dev.narrows.jobs.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

@Meaning("Output of narrows families.")
public record FamiliesDocument(
        @Meaning("Families on the class path, by name.") List<FamilyLine> families) {
    public FamiliesDocument {
        families = List.copyOf(families);
    }

    @Meaning("One family of blocks.")
    public record FamilyLine(
            @Meaning("Name in study files.") String family,

            @Meaning("Its knobs, in the order of labels and tables.")
            List<KnobLine> knobs) {
        public FamilyLine {
            knobs = List.copyOf(knobs);
        }
    }

    @Meaning("One knob of a family.")
    public record KnobLine(
            @Meaning("Family of the knob.") String family,
            @Meaning("Name in study files.") String knob,

            @Meaning("Column in the tables, unless another column of that name is there.")
            String column,

            @Meaning("integer, decimal, flag or word.") String type,

            @Meaning("scalar: one value; by-stage: one value, or one for each stage; list: one value for each stage.")
            String arity,

            @Meaning("True where null is a value.") boolean mayBeNull,
            @Meaning("Allowed values, in words.") String range,

            @Meaning("Default, as a study file writes it; null where there is none.") @Nullable
            String byDefault,

            @Meaning("Meaning and unit.") String meaning) {}
}
