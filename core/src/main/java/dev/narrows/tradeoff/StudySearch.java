package dev.narrows.tradeoff;

import dev.narrows.cost.Memory;
import dev.narrows.results.TrialRow;
import dev.narrows.search.SearchCandidate;
import dev.narrows.search.SearchCourse;
import dev.narrows.search.SearchSettings;
import dev.narrows.search.SearchState;
import dev.narrows.search.VariantProgress;
import dev.narrows.space.Plan;
import dev.narrows.space.Variant;
import dev.narrows.study.Measure;
import dev.narrows.study.Precision;
import dev.narrows.study.SearchObjectives;
import dev.narrows.study.SearchSpec;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The search of a study for its front: the variants of its plan are the candidates, and its ended trials with the first
 * seed of their variant are their progress. The same rows give the same decisions to every caller.
 *
 * <p>Where training settings are an axis, a variant counts by the best choice of those that it is trained with.
 */
public final class StudySearch {
    /** Stands for a latency, the same for all candidates, where no decision depends on it. */
    private static final double UNMEASURED = 1;

    private final SearchSpec spec;
    private final Measure quality;
    private final List<Training> choices;

    /** The choices found so far: every row is asked for its own at every step of the search. */
    private final Map<Training, OptionalInt> found = new ConcurrentHashMap<>();

    private final Map<String, Variant> variants = new HashMap<>();
    private final List<SearchCandidate> candidates;
    private final SearchSettings settings;
    private final boolean sampleOnly;
    private @Nullable SearchCourse course;
    private @Nullable Seen seen;

    private record Seen(Map<String, VariantProgress> progress, SearchState state) {}

    private StudySearch(
            Study study,
            SearchSpec spec,
            Plan plan,
            SearchObjectives objectives,
            List<SearchCandidate> candidates,
            boolean sampleOnly) {
        this.spec = spec;
        this.sampleOnly = sampleOnly;
        quality = objectives.quality().measure();
        choices = distinct(study.training());
        this.candidates = List.copyOf(candidates);
        plan.variants().forEach(variant -> variants.put(variant.id(), variant));
        int seeds = plan.variants().stream()
                .mapToInt(variant -> variant.seeds().size())
                .max()
                .orElse(1);
        int epochs = study.training().stream().mapToInt(Training::epochs).max().orElseThrow();
        settings = SearchSettings.of(
                        spec, candidates.size(), epochs, plan.variants().get(0).firstSeed())
                .withSeeds(seeds)
                .withChoices(choices.size());
    }

    /**
     * The search of a study; empty where it trains its whole grid, and where the latencies that it searches by are not
     * measured. A variant that lacks one can never be on the front, and is no candidate.
     *
     * @param latency of the study
     */
    public static Optional<StudySearch> of(Study study, Plan plan, List<LatencyRow> latency) {
        return of(study, plan, latency, false);
    }

    /**
     * The same search before latencies are known, and not beyond its sample, which is drawn from the ids of the
     * candidates: they are the variants whose other costs are known. Where every latency can be measured, these are
     * the candidates of {@link #of}, and the samples are equal.
     */
    public static Optional<StudySearch> sample(Study study, Plan plan) {
        return of(study, plan, List.of(), true);
    }

    private static Optional<StudySearch> of(Study study, Plan plan, List<LatencyRow> latency, boolean sampleOnly) {
        return study.search().flatMap(spec -> {
            SearchObjectives objectives = SearchObjectives.of(study.objectives());
            List<SearchCandidate> candidates = candidates(plan, objectives, latency, sampleOnly);
            return candidates.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StudySearch(study, spec, plan, objectives, candidates, sampleOnly));
        });
    }

    /**
     * The search as a reader of results finds it. While latencies are missing, and no more than its sample has ended,
     * it is not beyond that: a search among the variants that are measured would be another one.
     *
     * @param rows of ended trials, also of variants that are not in the plan
     */
    public static Optional<StudySearch> found(Study study, Plan plan, List<LatencyRow> latency, List<TrialRow> rows) {
        Optional<StudySearch> search = of(study, plan, latency);
        Optional<StudySearch> sample = measuresFirst(study) ? sample(study, plan) : Optional.empty();
        return sample.filter(only -> search.map(StudySearch::size).orElse(0) < only.size())
                .filter(only -> only.isAllOf(rows))
                .or(() -> search);
    }

    /** True where trials of the sample have ended, and none of another variant. */
    private boolean isAllOf(List<TrialRow> rows) {
        Set<String> drawn = Set.copyOf(state(List.of()).open());
        List<String> ended = rows.stream()
                .map(TrialRow::variantId)
                .filter(variants::containsKey)
                .toList();
        return !ended.isEmpty() && drawn.containsAll(ended);
    }

    /** True where a study searches by latencies, which are measured before anything but its sample is trained. */
    public static boolean measuresFirst(Study study) {
        return study.search().isPresent()
                && study.objectives().stream()
                        .anyMatch(objective -> objective.measure().isLatency());
    }

    /** @param sampleOnly true where latencies do not count, as they are still to be measured */
    private static List<SearchCandidate> candidates(
            Plan plan, SearchObjectives objectives, List<LatencyRow> latency, boolean sampleOnly) {
        List<VariantSummary> summaries = VariantSummary.of(
                plan.variants(), List.of(), latency, objectives.quality().measure());
        List<SearchCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < summaries.size(); i++) {
            VariantSummary summary = summaries.get(i);
            Variant variant = plan.variants().get(i);
            List<Double> losses = objectives.costs().stream()
                    .map(cost -> sampleOnly && cost.measure().isLatency()
                            ? UNMEASURED
                            : SearchObjectives.loss(cost, cost(summary, variant, cost.measure())))
                    .toList();
            if (losses.stream().allMatch(Double::isFinite)) {
                candidates.add(new SearchCandidate(
                        variant.id(), variant.label(), variant.family(), variant.settings(), variant.cost(), losses));
            }
        }
        return candidates;
    }

    private static double cost(VariantSummary summary, Variant variant, Measure measure) {
        return measure == Measure.INFERENCE_MEMORY_BYTES
                ? Memory.inferenceBytes(variant.network(), variant.input())
                : summary.comparable(measure);
    }

    public SearchSpec spec() {
        return spec;
    }

    /** Measure of quality that is predicted. */
    public Measure quality() {
        return quality;
    }

    /** True where it does not go beyond its sample. */
    boolean isSampleOnly() {
        return sampleOnly;
    }

    /** Number of candidates. */
    public int size() {
        return candidates.size();
    }

    /**
     * The state that follows from the trials so far.
     *
     * @param rows of the study's trials and of no others; those with other seeds do not count
     */
    public synchronized SearchState state(Collection<TrialRow> rows) {
        Map<String, VariantProgress> progress = progress(rows);
        Seen last = seen;
        if (last == null || !last.progress.equals(progress)) {
            SearchCourse walked =
                    course == null ? new SearchCourse(candidates, List.copyOf(variants.keySet()), settings) : course;
            course = walked;
            last = new Seen(progress, sampleOnly ? walked.sampleAt(progress) : walked.at(progress));
            seen = last;
        }
        return last.state;
    }

    private Map<String, VariantProgress> progress(Collection<TrialRow> rows) {
        Map<String, List<TrialRow>> first = new HashMap<>();
        for (TrialRow row : rows) {
            Variant variant = variants.get(row.variantId());
            if (variant != null && row.seed() == variant.firstSeed()) {
                first.computeIfAbsent(row.variantId(), id -> new ArrayList<>()).add(row);
            }
        }
        Map<String, VariantProgress> progress = new HashMap<>();
        first.forEach((id, own) -> progress.put(id, ended(own)));
        return progress;
    }

    private VariantProgress ended(List<TrialRow> rows) {
        Map<Integer, Double> qualities = new HashMap<>();
        for (TrialRow row : rows) {
            if (row.outcome() != Outcome.PAUSED) {
                choice(row.training()).ifPresent(choice -> qualities.put(choice, quality(row)));
            }
        }
        // Without a completed trial the curve of any tells when it paused.
        List<TrialRow> chosen =
                VariantSummary.ofRows(rows, List.of(), quality).get(0).chosen();
        List<Double> losses = (chosen.isEmpty() ? rows : chosen)
                .get(0).result().epochs().stream().map(Epoch::trainLoss).toList();
        return new VariantProgress(losses, qualities);
    }

    private double quality(TrialRow row) {
        return row.outcome() == Outcome.COMPLETED ? Quality.of(row, quality) : Double.NaN;
    }

    /** Number of the choice of training settings, from 0; empty where the study has another. */
    private OptionalInt choice(Training training) {
        return choices.size() == 1
                ? OptionalInt.of(0)
                : found.computeIfAbsent(
                        training,
                        given -> IntStream.range(0, choices.size())
                                .filter(i -> isOf(choices.get(i), given))
                                .findFirst());
    }

    private static boolean isOf(Training choice, Training training) {
        return TrialId.areAlike(
                training, choice.precision() == Precision.AUTO ? choice.withPrecision(training.precision()) : choice);
    }

    /** Settings that give the same trials are one choice. */
    private static List<Training> distinct(List<Training> all) {
        List<Training> distinct = new ArrayList<>();
        all.stream()
                .filter(training -> distinct.stream().noneMatch(other -> TrialId.areAlike(training, other)))
                .forEach(distinct::add);
        return List.copyOf(distinct);
    }

    /** True where a search has begun, or may begin, a variant with the training settings of a trial. */
    public boolean takes(SearchState state, Trial trial) {
        OptionalInt choice = choice(trial.training());
        return choice.isPresent()
                && state.choices().getOrDefault(trial.variantId(), Set.of()).contains(choice.getAsInt());
    }

    /** Number of choices of training settings that a variant may be trained with. */
    public int choices() {
        return choices.size();
    }
}
