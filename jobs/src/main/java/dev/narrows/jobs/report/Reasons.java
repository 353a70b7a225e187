package dev.narrows.jobs.report;

import dev.narrows.jobs.report.Page.Group;
import dev.narrows.trial.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reasons for which trials gave no result and variants were not tried, those with the same reason together. */
final class Reasons {
    private static final int NAMED = 6;

    private Reasons() {}

    private record Cause(String outcome, String message) {}

    static List<Group> failures(Findings findings) {
        Map<Cause, List<String>> reasons = new LinkedHashMap<>();
        findings.ended().stream()
                .filter(row -> row.outcome() != Outcome.COMPLETED && row.outcome() != Outcome.PAUSED)
                .forEach(row -> add(
                        reasons,
                        row.outcome(),
                        row.result().message(),
                        row.variant(),
                        "%s, seed %d".formatted(row.variant(), row.seed())));
        return groups(reasons);
    }

    static List<Group> rejections(Findings findings) {
        Map<Cause, List<String>> reasons = new LinkedHashMap<>();
        findings.plan()
                .rejections()
                .forEach(rejection ->
                        add(reasons, Outcome.REJECTED, rejection.reason(), rejection.label(), rejection.label()));
        return groups(reasons);
    }

    /** A message that names the variant is the same as that of another variant but for the name. */
    private static void add(
            Map<Cause, List<String>> reasons,
            Outcome outcome,
            @org.jspecify.annotations.Nullable String message,
            String label,
            String named) {
        String told = message == null || message.isBlank() ? "no reason was given" : message.replace(label, "it");
        reasons.computeIfAbsent(new Cause(outcome.word(), told), reason -> new ArrayList<>())
                .add(named);
    }

    private static List<Group> groups(Map<Cause, List<String>> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((one, other) -> Integer.compare(other.size(), one.size())))
                .map(entry -> new Group(
                        entry.getKey().outcome(),
                        entry.getValue().size(),
                        entry.getKey().message(),
                        entry.getValue().stream().limit(NAMED).toList(),
                        Math.max(0, entry.getValue().size() - NAMED)))
                .toList();
    }
}
