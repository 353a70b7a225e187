package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
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
import java.util.stream.Stream;

/**
 * The results of a study as far as they are: of a run that goes on, or of a results folder, also while somebody else runs
 * it, where it stopped, and where its data are gone.
 *
 * <p>The public tables alone ({@code trials}, {@code epochs}, {@code latency}, {@code layers}) give the ended trials with
 * their learning curves and latencies, and the labels of the variants. They do not tell which trials were planned and have
 * not ended, which ended trials have left the grid, and the precision that was asked for where it was {@code auto}; the
 * question, objectives and constraints come from {@code study.conf} where that lies beside them.
 *
 * @param name of the study
 * @param study as it was resolved when it last ran; empty where that cannot be read
 * @param plan every variant of the study, and what was rejected; empty where nobody has planned it again
 * @param planned ids of the trials that it has, ended or not; empty where that is not known
 * @param labels of its variants by their ids, in the order of the plan; empty where that is not known
 * @param rows every ended trial, also of those that left the grid
 * @param latency every probe
 * @param source where they come from
 */
public record StudyResults(
        String name,
        Optional<Study> study,
        Optional<Plan> plan,
        Optional<List<String>> planned,
        Map<String, String> labels,
        List<TrialRow> rows,
        List<LatencyRow> latency,
        ResultsSource source) {
    public StudyResults {
        planned = planned.map(List::copyOf);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        rows = List.copyOf(rows);
        latency = List.copyOf(latency);
    }

    /**
     * Where results come from.
     *
     * @param folder that they lie in, as a person names it
     * @param studyFile what a person names to run the study again
     * @param running true while a driver runs it
     * @param notes for a reader of figures, a line each: what is left out or unknown, and why
     */
    public record ResultsSource(String folder, String studyFile, boolean running, List<String> notes) {
        public ResultsSource {
            notes = List.copyOf(notes);
        }
    }

    /** The same, told by a study and its plan. */
    public StudyResults planned(Study planned, Plan plan) {
        return new StudyResults(
                name, Optional.of(planned), Optional.of(plan), this.planned, labels, rows, latency, source);
    }

    /** Notes for a reader of figures, a line each: those of the source, and on forms that are not comparable. */
    public List<String> notes() {
        return Stream.concat(source.notes().stream(), MixedForms.note(trials().stream()).stream())
                .toList();
    }

    /** The ended trials that the study has now; those that left its grid are not among them. */
    public List<TrialRow> trials() {
        if (planned.isEmpty() || planned.get().isEmpty()) {
            return rows;
        }
        Set<String> now = Set.copyOf(planned.get());
        return rows.stream().filter(row -> now.contains(row.trialId())).toList();
    }

    /** How many trials the study has, ended or not, as far as that is known. */
    public int size() {
        return planned.map(List::size).orElseGet(rows::size);
    }

    /** One summary a variant of the plan, in its order; without a plan, one a variant with an ended trial. */
    public List<VariantSummary> summaries() {
        return plan.map(known -> VariantSummary.of(known.variants(), trials(), latency))
                .orElseGet(this::summariesOfRows);
    }

    private List<VariantSummary> summariesOfRows() {
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
