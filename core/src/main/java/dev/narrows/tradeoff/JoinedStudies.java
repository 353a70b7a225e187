package dev.narrows.tradeoff;

import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Rejection;
import dev.narrows.space.Repeat;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Objective;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several studies as one, so that one front goes over the variants of all. The name of its study stands before each
 * variant and family, so a network that is in two studies is there twice.
 *
 * <p>A front over all means something only if the variants were judged alike: by the same images and split, after as
 * many epochs, with the same input and classes, and by the same objectives. Other training settings may differ, because
 * a study chooses them; a note names those that do.
 */
public final class JoinedStudies {
    private final List<StudyResults> studies;
    private final List<String> names;

    private JoinedStudies(List<StudyResults> studies) {
        this.studies = studies;
        List<String> own = studies.stream().map(StudyResults::name).toList();
        names = Set.copyOf(own).size() == own.size()
                ? own
                : studies.stream().map(study -> study.source().folder()).toList();
    }

    /**
     * The studies as one.
     *
     * @param studies with their plans
     * @throws BadInput with all that keeps them from being compared
     */
    public static StudyResults of(List<StudyResults> studies) {
        JoinedStudies joined = new JoinedStudies(List.copyOf(studies));
        List<String> problems = joined.problems();
        if (!problems.isEmpty()) {
            throw new BadInput("Cannot report on %s together: %s; narrows report writes one report for each"
                    .formatted(String.join(" and ", joined.names), String.join("; ", problems)));
        }
        return joined.joined();
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (Set.copyOf(names).size() < names.size()) {
            problems.add("one of them is named twice");
            return problems;
        }
        differs("images", problems, results -> data(results, DataSpec::source));
        differs(
                "training images",
                problems,
                results ->
                        data(results, data -> data.train().map(String::valueOf).orElse("all")));
        differs(
                "validation images",
                problems,
                results -> data(
                        results, data -> data.validation().map(String::valueOf).orElse("a tenth")));
        differs("data.split-seed", problems, results -> data(results, data -> String.valueOf(data.splitSeed())));
        differs(
                "preparation of the images",
                problems,
                results -> data(results, data -> data.preparation().toString()));
        differs(
                "input and classes",
                problems,
                results -> plan(results).variants().stream()
                        .map(variant -> "%s, %d classes".formatted(variant.input(), variant.classes()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        differs(
                "epochs",
                problems,
                results -> study(results).training().stream()
                        .map(training -> String.valueOf(training.epochs()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        differs(
                "objectives",
                problems,
                results -> study(results).objectives().stream()
                        .map(Objective::words)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        if (problems.isEmpty()) {
            differs(
                    "hash of the images and their split",
                    problems,
                    results -> results.trials().stream()
                            .map(TrialRow::dataFingerprint)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return problems;
    }

    private static Set<String> data(StudyResults results, Function<DataSpec, String> part) {
        return study(results).data().stream().map(part).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Adds a problem where two studies have other values; a study without any says nothing. */
    private void differs(String what, List<String> problems, Function<StudyResults, Set<String>> values) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < studies.size(); i++) {
            Set<String> own = values.apply(studies.get(i));
            if (!own.isEmpty()) {
                found.put(names.get(i), String.join(", ", own));
            }
        }
        if (found.values().stream().distinct().count() > 1) {
            problems.add("their %s differ (%s)"
                    .formatted(
                            what,
                            found.entrySet().stream()
                                    .map(entry -> "%s: %s".formatted(entry.getKey(), entry.getValue()))
                                    .collect(Collectors.joining("; "))));
        }
    }

    private static Study study(StudyResults results) {
        return results.study().orElseThrow(() -> new IllegalArgumentException("Cannot join results without a study"));
    }

    private static Plan plan(StudyResults results) {
        return results.plan().orElseThrow(() -> new IllegalArgumentException("Cannot join results without a plan"));
    }

    private StudyResults joined() {
        List<Variant> variants = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        List<Repeat> repeats = new ArrayList<>();
        List<String> planned = new ArrayList<>();
        List<TrialRow> rows = new ArrayList<>();
        List<LatencyRow> latency = new ArrayList<>();
        for (int i = 0; i < studies.size(); i++) {
            StudyResults results = studies.get(i);
            String name = names.get(i);
            plan(results).variants().forEach(variant -> variants.add(named(name, variant)));
            rejections.addAll(plan(results).rejections());
            repeats.addAll(plan(results).repeats());
            results.planned()
                    .orElseGet(
                            () -> results.rows().stream().map(TrialRow::trialId).toList())
                    .forEach(id -> planned.add(id(name, id)));
            // Together there is no search, so what one has paused is no trial of theirs.
            Set<String> paused = results.trials().stream()
                    .filter(row -> row.outcome() == Outcome.PAUSED)
                    .map(TrialRow::trialId)
                    .collect(Collectors.toSet());
            paused.forEach(id -> planned.remove(id(name, id)));
            results.trials().stream()
                    .filter(row -> !paused.contains(row.trialId()))
                    .forEach(row -> rows.add(named(name, row)));
            results.latency().forEach(row -> latency.add(named(name, row)));
        }
        return new StudyResults(
                String.join(" and ", names),
                Optional.of(together()),
                Optional.of(new Plan(variants, rejections, repeats)),
                Optional.of(planned),
                Map.of(),
                rows,
                latency,
                new StudyResults.ResultsSource(
                        studies.stream()
                                .map(results -> results.source().folder())
                                .collect(Collectors.joining(" ")),
                        "",
                        studies.stream().anyMatch(results -> results.source().running()),
                        notes()));
    }

    private List<String> notes() {
        Set<Training> trainings = studies.stream()
                .flatMap(results -> study(results).training().stream())
                .collect(Collectors.toSet());
        boolean same = studies.stream()
                .allMatch(results -> Set.copyOf(study(results).training()).equals(trainings));
        List<String> notes = new ArrayList<>();
        studies.forEach(results -> notes.addAll(results.source().notes()));
        if (!same) {
            notes.add("training settings other than epochs differ between these studies,"
                    + " so a difference between two studies may be that of their training");
        }
        List<LatencyRow> latency = studies.stream()
                .flatMap(results -> VariantSummary.comparable(results.latency()).stream())
                .toList();
        if (VariantSummary.comparable(latency).size() < latency.size()) {
            notes.add("the latencies of these studies were measured with different threads or on different"
                    + " kinds of device, so only those that were measured last are shown");
        }
        return List.copyOf(notes);
    }

    /** One study of all, with the settings that they share. */
    private Study together() {
        Study first = study(studies.get(0));
        return new Study(
                String.join(" and ", names),
                Optional.of(questions()),
                first.input(),
                all(Study::data),
                all(Study::grid),
                all(Study::training),
                first.threads(),
                first.limits(),
                first.latency(),
                first.objectives(),
                first.keepWeights(),
                Optional.empty(),
                all(Study::constraints),
                "",
                studies.stream()
                        .map(results -> study(results).resolved().strip())
                        .collect(Collectors.joining("\n\n")));
    }

    private String questions() {
        List<String> asked = studies.stream()
                .flatMap(results -> study(results).question().stream())
                .distinct()
                .toList();
        return asked.isEmpty() ? String.join(" and ", names) : String.join(" ", asked);
    }

    private <T> List<T> all(Function<Study, List<T>> part) {
        return studies.stream()
                .flatMap(results -> part.apply(study(results)).stream())
                .distinct()
                .toList();
    }

    private static String id(String name, String id) {
        return name + "/" + id;
    }

    private static String named(String name, String label) {
        return "%s: %s".formatted(name, label);
    }

    private static Variant named(String name, Variant variant) {
        return new Variant(
                id(name, variant.id()),
                named(name, variant.label()),
                named(name, variant.family()),
                variant.settings(),
                variant.network(),
                variant.input(),
                variant.classes(),
                variant.cost(),
                variant.seeds());
    }

    private static TrialRow named(String name, TrialRow row) {
        TrialDescription trial = row.trial();
        TrialResult result = row.result();
        return new TrialRow(
                new TrialDescription(
                        id(name, trial.trialId()),
                        trial.study(),
                        id(name, trial.variantId()),
                        named(name, trial.variant()),
                        named(name, trial.family()),
                        trial.settings(),
                        trial.input(),
                        trial.classes(),
                        trial.seed(),
                        trial.cost(),
                        trial.trainingMemoryBytes(),
                        trial.inferenceMemoryBytes(),
                        trial.training(),
                        trial.data(),
                        trial.dataFingerprint()),
                new TrialResult(
                        id(name, trial.trialId()),
                        result.outcome(),
                        result.message(),
                        result.epochs(),
                        result.testAccuracy(),
                        result.testTop5(),
                        result.testOverlap(),
                        result.validationBalancedAccuracy(),
                        result.testBalancedAccuracy(),
                        result.validationHits(),
                        result.validationClasses(),
                        result.validationCounts(),
                        result.narrows(),
                        result.trainSeconds(),
                        result.imagesPerSecond(),
                        result.setupSeconds(),
                        result.outsideShare(),
                        result.peakMemoryBytes(),
                        result.environment(),
                        result.form(),
                        result.startedAt(),
                        result.totalSeconds(),
                        result.resumption()));
    }

    private static LatencyRow named(String name, LatencyRow row) {
        return new LatencyRow(
                id(name, row.variantId()),
                named(name, row.variant()),
                row.runtime(),
                row.batchSize(),
                row.samples(),
                row.p10Micros(),
                row.p50Micros(),
                row.p90Micros(),
                row.p99Micros(),
                row.iqrMicros(),
                row.unstable(),
                row.imagesPerSecond(),
                row.referenceMicros(),
                row.relative(),
                row.environment(),
                row.conditions(),
                row.startedAt());
    }
}
