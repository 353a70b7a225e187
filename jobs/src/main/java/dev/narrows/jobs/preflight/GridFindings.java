package dev.narrows.jobs.preflight;

import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.space.Plan;
import dev.narrows.space.Rejection;
import dev.narrows.study.Study;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Findings about the points of a study's grids. Reasons are counted, so that a million rejections need little memory.
 */
final class GridFindings {
    private static final int REASONS_TOLD = 3;

    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private long rejected;
    private long variants;

    /** Rejections for one reason. */
    private static final class Reason {
        private final String first;
        private long points;

        private Reason(String first) {
            this.first = first;
        }
    }

    static List<Finding> of(Study study, Plan plan) {
        GridFindings findings = new GridFindings();
        findings.variants = plan.variants().size();
        plan.rejections().forEach(findings::add);
        return findings.all(study);
    }

    void addVariant() {
        variants++;
    }

    /** Reasons that differ only in their numbers, and in the variant that they name, are one. */
    void add(Rejection rejection) {
        rejected++;
        String kind = rejection.reason().replace(rejection.label(), "it").replaceAll("\\d[\\d,.]*", "…");
        reasons.computeIfAbsent(kind, none -> new Reason(rejection.reason())).points++;
    }

    /** The error where nothing is left to train; nothing where there is something. */
    List<Finding> all(Study study) {
        if (variants > 0) {
            return List.of();
        }
        String told = reasons.values().stream()
                .sorted((one, other) -> Long.compare(other.points, one.points))
                .limit(REASONS_TOLD)
                .map(reason -> reason.points == 1 ? reason.first : "%,d like %s".formatted(reason.points, reason.first))
                .collect(Collectors.joining("; "));
        String more = reasons.size() > REASONS_TOLD
                ? "; and %s more".formatted(Numbers.counted(reasons.size() - REASONS_TOLD, "reason"))
                : "";
        return List.of(new Finding(
                Severity.ERROR,
                Topic.GRID,
                study.file(),
                "Cannot run study %s: its grids have no variant that can be trained, %s rejected: %s%s"
                        .formatted(
                                study.name(),
                                rejected == 1 ? "1 point is" : "%,d points are".formatted(rejected),
                                told,
                                more),
                Map.of("rejected", rejected),
                ""));
    }
}
