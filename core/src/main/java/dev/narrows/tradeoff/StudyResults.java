package dev.narrows.tradeoff;

import dev.narrows.results.RejectedRow;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.study.Solve;
import dev.narrows.study.Study;
import dev.narrows.trial.LatencyRow;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the results folder of a study says, also while it runs, where it stopped, and where its data are gone.
 *
 * @param name of the study
 * @param study as it was resolved when it last ran; empty where that cannot be read
 * @param planned ids of the trials that it had then, ended or not; empty where that is not known
 * @param labels of its variants by their ids, in the order of the plan; empty where that is not known
 * @param rows every ended trial of the folder, also of those that left the grid
 * @param latency every probe of the folder
 * @param rejections variants that could not be built, or are over a limit
 */
public record StudyResults(
        String name,
        Optional<Study> study,
        List<String> planned,
        Map<String, String> labels,
        List<TrialRow> rows,
        List<LatencyRow> latency,
        List<RejectedRow> rejections) {
    public StudyResults {
        planned = List.copyOf(planned);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        rows = List.copyOf(rows);
        latency = List.copyOf(latency);
        rejections = List.copyOf(rejections);
    }

    /** The ended trials that the study has now; those that left its grid are not among them. */
    public List<TrialRow> trials() {
        if (planned.isEmpty()) {
            return rows;
        }
        Set<String> now = Set.copyOf(planned);
        return rows.stream().filter(row -> now.contains(row.trialId())).toList();
    }

    /** What was found out about each variant with an ended trial, in the order of the plan. */
    public List<VariantSummary> summaries() {
        Map<String, Integer> order = new HashMap<>();
        labels.keySet().forEach(id -> order.put(id, order.size()));
        return VariantSummary.ofRows(trials(), latency).stream()
                .map(summary -> labels.containsKey(summary.variantId())
                        ? summary.labelled(labels.get(summary.variantId()) + summary.count())
                        : summary)
                .sorted(Comparator.comparing(
                                (VariantSummary summary) -> order.getOrDefault(summary.variantId(), Integer.MAX_VALUE))
                        .thenComparing(VariantSummary::family)
                        .thenComparing(summary -> summary.cost().macs())
                        .thenComparing(VariantSummary::id))
                .toList();
    }

    /** The study's own, or where they cannot be read: accuracy (overlap for masks), parameters and MACs. */
    public List<Objective> objectives() {
        return study.map(Study::objectives).orElseGet(() -> {
            boolean masks = trials().stream().anyMatch(row -> row.result().finalValidationOverlap() != null);
            return List.of(
                    new Objective(
                            masks ? Measure.VALIDATION_MEAN_IOU : Measure.VALIDATION_ACCURACY, Direction.MAXIMIZE),
                    new Objective(Measure.PARAMS, Direction.MINIMIZE),
                    new Objective(Measure.MACS, Direction.MINIMIZE));
        });
    }

    /** Knobs that were solved for to make costs equal. */
    public Set<String> solved() {
        return study.stream()
                .flatMap(read -> read.grid().stream())
                .flatMap(entry -> entry.solve().stream())
                .map(Solve::knob)
                .collect(Collectors.toSet());
    }
}
