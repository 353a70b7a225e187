package dev.narrows.jobs.document;

import java.util.List;

@Meaning("Output of narrows doctor.")
public record DoctorDocument(
        @Meaning("True where every check passed.") boolean healthy,
        @Meaning("The checks, in their order.") List<Check> checks) {
    public DoctorDocument {
        checks = List.copyOf(checks);
    }

    @Meaning("One check.")
    public record Check(
            @Meaning("True where it passed, also with a warning.")
            boolean passed,

            @Meaning("Sentence for a person.") String message,
            @Meaning("fact, warning or error.") String severity,
            @Meaning("Subject, as in narrows plan.") String topic) {}
}
