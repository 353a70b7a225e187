package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.study.Solve;
import dev.narrows.study.Study;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
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
 * Results of a study so far, from a run in progress or a results folder. The folder's study may be running elsewhere,
 * may have stopped, and its dataset may be gone.
 *
 * <p>The public tables alone ({@code trials}, {@code epochs}, {@code latency}, {@code layers}) give the ended trials
 * with their learning curves and latencies, and the labels of the variants. They lack the planned trials that have not
 * ended, the list of ended trials that left the grid, and a requested precision of {@code auto}. The question,
 * objectives and constraints come from {@code study.conf} if it is in the same folder.
 *
 * @param name of the study
 * @param study as resolved in its last run; empty if that cannot be read
 * @param plan every variant of the study, and the rejected ones; empty if the study was not planned again
 * @param planned ids of its trials, ended or not; empty if unknown
 * @param labels of its variants by their ids, in the order of the plan; empty if unknown
 * @param rows every ended trial, also those that left the grid
 * @param latency every probe
 * @param search for the front; empty where the whole grid is trained, or the study was not planned again
 * @param source of the results
 */
public record StudyResults(
        String name,
        Optional<Study> study,
        Optional<Plan> plan,
        Optional<List<String>> planned,
        Map<String, String> labels,
        List<TrialRow> rows,
        List<LatencyRow> latency,
        Optional<StudySearch> search,
        ResultsSource source) {
    public StudyResults {
        planned = planned.map(List::copyOf);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        rows = List.copyOf(rows);
        latency = List.copyOf(latency);
    }

    /** Results whose search follows from the study and its plan. */
    public StudyResults(
            String name,
            Optional<Study> study,
            Optional<Plan> plan,
            Optional<List<String>> planned,
            Map<String, String> labels,
            List<TrialRow> rows,
            List<LatencyRow> latency,
            ResultsSource source) {
        this(
                name,
                study,
                plan,
                planned,
                labels,
                rows,
                latency,
                study.flatMap(read -> plan.flatMap(known -> StudySearch.found(read, known, latency, rows))),
                source);
    }

    /**
     * Source of results.
     *
     * @param folder of the results, as the user names it
     * @param studyFile argument that runs the study again; empty for several studies together
     * @param running true while a driver runs it
     * @param notes for a reader of figures, one line each: anything left out or unknown, and the reason
     */
    public record ResultsSource(String folder, String studyFile, boolean running, List<String> notes) {
        public ResultsSource {
            notes = List.copyOf(notes);
        }
    }

    /** The same results with a study and its plan. */
    public StudyResults planned(Study planned, Plan plan) {
        return new StudyResults(
                name, Optional.of(planned), Optional.of(plan), this.planned, labels, rows, latency, source);
    }

    /** Notes for a reader of figures, a line each: those of the source, and on forms that are not comparable. */
    public List<String> notes() {
        return Stream.concat(source.notes().stream(), MixedForms.note(trials().stream()).stream())
                .toList();
    }

    /**
     * The ended trials of the study, without those that left its grid. A pause is a search's: in a study that trains
     * its whole grid the trial has not ended.
     */
    public List<TrialRow> trials() {
        boolean pauses = study.map(read -> read.search().isPresent()).orElse(true);
        Optional<Set<String>> now = planned.map(Set::copyOf);
        return rows.stream()
                .filter(row -> now.isEmpty() || now.get().contains(row.trialId()))
                .filter(row -> pauses || row.outcome() != Outcome.PAUSED)
                .toList();
    }

    /** Number of trials of the study, ended or not, as far as it is known. */
    public int size() {
        return planned.map(List::size).orElseGet(rows::size);
    }

    /** One summary per variant of the plan, in its order; without a plan, one per variant with an ended trial. */
    public List<VariantSummary> summaries() {
        List<TrialRow> trials = trials();
        Measure quality = Quality.ofRows(objectives(), trials);
        return plan.map(known -> VariantSummary.of(known.variants(), trials, latency, quality))
                .orElseGet(() -> summariesOfRows(trials, quality));
    }

    private List<VariantSummary> summariesOfRows(List<TrialRow> trials, Measure quality) {
        Map<String, Integer> order = new HashMap<>();
        labels.keySet().forEach(id -> order.put(id, order.size()));
        return VariantSummary.ofRows(trials, latency, quality).stream()
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

    /** Objectives of the study; if it cannot be read, accuracy (overlap for masks), parameters and MACs. */
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

    /** Knobs that were solved for equal cost. */
    public Set<String> solved() {
        return study.stream()
                .flatMap(read -> read.grid().stream())
                .flatMap(entry -> entry.solve().stream())
                .map(Solve::knob)
                .collect(Collectors.toSet());
    }
}
