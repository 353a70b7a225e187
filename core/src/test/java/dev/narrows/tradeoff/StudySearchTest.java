package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.results.SearchRow;
import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRow;
import dev.narrows.results.VariantRow;
import dev.narrows.search.SearchState;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.space.Variant;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyFiles;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.tradeoff.answer.Sentence;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search of real plans, with made-up accuracies that grow with the cost and differ by family. */
class StudySearchTest {
    private static final String STUDY = """
            study = searched, input { shape = [1, 16, 16], classes = 4 }
            let { stem = { width = 4, kernel = 3, stride = 1 } }
            grid = [
              { family = bottleneck, stem = ${let.stem}, widths = [[8, 16], [16, 32], [32, 64], [24, 48]]
                depths = [1, 1], strides = [1, 2], mid-ratio = [0.25, 0.5, 1], cardinality = [1, 2] }
              { family = inverted-bottleneck, stem = ${let.stem}, widths = [[4, 8], [8, 16], [16, 32]]
                depths = [1, 1], strides = [1, 2], expansion = [1, 2, 4, 6] }
            ]
            seeds = [3, 5]
            search = front
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    private Path folder;

    private Study study;
    private Plan plan;

    @BeforeEach
    void read() {
        study = StudyFiles.read(folder, STUDY);
        plan = Planner.plan(study);
    }

    private static double accuracy(Variant variant) {
        double ratio = variant.family().equals("bottleneck") ? 0 : 0.03;
        return 0.4 + ratio + 0.05 * Math.log(variant.cost().params() / 300.0);
    }

    private TrialRow row(Variant variant, long seed) {
        String id = "t" + variant.id() + seed;
        return row(variant, seed, SimulatedStudy.completed(id, accuracy(variant), null));
    }

    private TrialRow row(Variant variant, long seed, TrialResult result) {
        TrialDescription like = SimulatedStudy.row(0, seed, new java.util.BitSet(), 0.5, variant.settings())
                .trial();
        return new TrialRow(
                new TrialDescription(
                        result.trialId(),
                        study.name(),
                        variant.id(),
                        variant.label(),
                        variant.family(),
                        variant.settings(),
                        variant.input(),
                        variant.classes(),
                        seed,
                        variant.cost(),
                        null,
                        null,
                        like.training(),
                        like.data(),
                        "f"),
                result);
    }

    private StudySearch search() {
        return StudySearch.of(study, plan, List.of()).orElseThrow();
    }

    private StudyResults results(List<TrialRow> rows) {
        return new StudyResults(
                study.name(),
                Optional.of(study),
                Optional.of(plan),
                Optional.of(rows.stream().map(TrialRow::trialId).toList()),
                Map.of(),
                rows,
                List.of(),
                new StudyResults.ResultsSource("results/searched", "study.conf", false, List.of()));
    }

    /** Trains what is open, in some order, until the search is over. */
    private List<TrialRow> searched(long order, int most) {
        Random random = new Random(order);
        StudySearch search = search();
        List<TrialRow> rows = new ArrayList<>();
        Map<String, Variant> variants = plan.variants().stream().collect(Collectors.toMap(Variant::id, v -> v));
        SearchState state = search.state(rows);
        while (!state.over() && rows.size() < most) {
            List<String> open = new ArrayList<>(state.open());
            Collections.shuffle(open, random);
            rows.add(row(variants.get(open.get(0)), 3));
            state = search.state(rows);
        }
        return rows;
    }

    private List<TrialRow> searched() {
        return searched(0, Integer.MAX_VALUE);
    }

    @Test
    void aStudyWithoutASearchHasNone() {
        study = StudyFiles.read(folder, STUDY.replace("search = front", ""));
        assertThat(StudySearch.of(study, plan, List.of())).isEmpty();
        assertThat(results(List.of()).search()).isEmpty();
        assertThat(Conclusions.of(results(List.of())).search()).isEmpty();
    }

    @Test
    void itTrainsAPartOfTheGridAndFindsTheFront() {
        List<TrialRow> rows = searched();
        assertThat(rows.size()).isBetween(10, plan.variants().size() - 4);
        List<String> whole = front(
                results(plan.variants().stream().map(variant -> row(variant, 3)).toList()));
        List<String> found = front(results(rows));
        assertThat(found.stream().filter(whole::contains).count())
                .as("%s of %s", found, whole)
                .isGreaterThanOrEqualTo(whole.size() - 2);
    }

    private static List<String> front(StudyResults results) {
        List<VariantSummary> summaries = results.summaries();
        return ParetoFront.of(summaries, VariantSummary.criteria(results.objectives())).stream()
                .map(VariantSummary::id)
                .toList();
    }

    /** So the sample may be trained while latencies are measured, whichever come first. */
    @Test
    void theSampleOfASearchByLatencyIsKnownBeforeAnyIsMeasured() {
        study = StudyFiles.read(folder, STUDY.replace("{ minimize = params }", "{ minimize = latency_p50_us }"));
        assertThat(StudySearch.measuresFirst(study)).isTrue();
        assertThat(StudySearch.of(study, plan, List.of())).isEmpty();
        StudySearch sample = StudySearch.sample(study, plan).orElseThrow();
        assertThat(sample.isSampleOnly()).isTrue();
        List<LatencyRow> latency = plan.variants().stream()
                .map(variant -> VariantSummaryTest.latency(
                        variant.id(), 1, 10 + Math.sqrt(variant.cost().params())))
                .toList();
        StudySearch whole = StudySearch.of(study, plan, latency).orElseThrow();
        assertThat(whole.isSampleOnly()).isFalse();
        List<String> open = whole.state(List.of()).open();
        assertThat(sample.state(List.of()).open()).hasSize(10).isEqualTo(open);
        List<TrialRow> rows = plan.variants().stream()
                .filter(variant -> open.contains(variant.id()))
                .map(variant -> row(variant, 3))
                .toList();
        assertThat(sample.state(rows).open()).isEmpty();
        assertThat(whole.state(rows).open()).isNotEmpty();

        // As a reader finds it who looks while latencies are measured.
        List<LatencyRow> some = latency.subList(0, 9);
        assertThat(StudySearch.found(study, plan, some, rows.subList(0, 3))
                        .orElseThrow()
                        .isSampleOnly())
                .isTrue();
        assertThat(StudySearch.found(study, plan, latency, rows).orElseThrow().isSampleOnly())
                .isFalse();
        TrialRow beyond = plan.variants().stream()
                .filter(variant -> !open.contains(variant.id()))
                .findFirst()
                .map(variant -> row(variant, 3))
                .orElseThrow();
        assertThat(StudySearch.found(study, plan, some, List.of(beyond))
                        .orElseThrow()
                        .size())
                .isEqualTo(9);
    }

    @Test
    void whicheverTrialEndsFirstTheDecisionsAreTheSame() {
        List<SearchRow> decisions = Conclusions.of(results(searched())).search();
        assertThat(decisions).isNotEmpty();
        assertThat(Conclusions.of(results(searched(1, Integer.MAX_VALUE))).search())
                .isEqualTo(decisions);
    }

    @Test
    void onlyTheFirstSeedOfAVariantCounts() {
        List<TrialRow> rows = searched();
        List<TrialRow> more = new ArrayList<>(rows);
        rows.forEach(row -> more.add(row(
                plan.variants().stream()
                        .filter(variant -> variant.id().equals(row.variantId()))
                        .findFirst()
                        .orElseThrow(),
                5)));
        StudySearch search = search();
        assertThat(search.state(more)).isEqualTo(search().state(rows));
    }

    /** It is no part of a trial's id, and rows keep the limit that they ended under. */
    @Test
    void anotherTimeLimitChangesNoDecision() {
        String rates = STUDY + "training { learning-rate = [0.01, 0.1]";
        study = StudyFiles.read(folder, rates + "}");
        plan = Planner.plan(study);
        DataSpec data = row(plan.variants().get(0), 3).data();
        List<TrialRow> rows = new ArrayList<>();
        for (Variant variant : plan.variants()) {
            for (Trial trial : Plan.trialsOf(variant, 3, data, study, Map.of(data, "f"), Precision.FP32)) {
                rows.add(TrialRow.of(
                        trial, variant.cost(), SimulatedStudy.completed(trial.id(), accuracy(variant), null)));
            }
        }
        SearchState before = search().state(rows);
        assertThat(before.over()).isTrue();
        study = StudyFiles.read(folder, rates + ", time-limit = 2h }");
        assertThat(search().state(rows)).isEqualTo(before);
    }

    @Test
    void learningRatesThatAreNeverTheBestAreLeftOutOfLaterBatches() {
        study = StudyFiles.read(folder, STUDY + "training { learning-rate = [0.01, 0.1, 1] }");
        plan = Planner.plan(study);
        StudySearch search = search();
        assertThat(search.choices()).isEqualTo(3);
        DataSpec data = row(plan.variants().get(0), 3).data();
        List<TrialRow> rows = new ArrayList<>();
        SearchState state = search.state(rows);
        while (!state.over()) {
            for (Variant variant : plan.variants()) {
                if (!state.open().contains(variant.id())) {
                    continue;
                }
                for (Trial trial : Plan.trialsOf(variant, 3, data, study, Map.of(data, "f"), Precision.FP32)) {
                    if (search.takes(state, trial)) {
                        double worse =
                                0.02 * Math.abs(Math.log10(trial.training().learningRate()) + 1);
                        rows.add(TrialRow.of(
                                trial,
                                variant.cost(),
                                SimulatedStudy.completed(trial.id(), accuracy(variant) - worse, null)));
                    }
                }
            }
            state = search.state(rows);
        }
        StudyResults results = results(rows);
        List<SearchRow> begun = Conclusions.of(results).search().stream()
                .filter(row -> row.choices() != null)
                .toList();
        assertThat(begun)
                .filteredOn(row -> row.decision().equals("sampled"))
                .extracting(SearchRow::choices)
                .containsOnly(3);
        assertThat(begun)
                .filteredOn(row -> row.decision().equals("chosen"))
                .extracting(SearchRow::choices)
                .containsOnly(1);
        int chosen = (int)
                begun.stream().filter(row -> row.decision().equals("chosen")).count();
        assertThat(rows).hasSize(3 * begun.size() - 2 * chosen);
        assertThat(words(results))
                .anySatisfy(words -> assertThat(words)
                        .contains("It left out %d of their trials, with training settings that are seldom the best."
                                .formatted(2 * chosen)));
    }

    @Test
    void aFailedTrialIsNoMemberAndTheSearchGoesOn() {
        SearchState first = search().state(List.of());
        Variant failed = plan.variants().stream()
                .filter(variant -> variant.id().equals(first.open().get(0)))
                .findFirst()
                .orElseThrow();
        TrialResult result = TrialResult.bare(
                "t" + failed.id() + 3, Outcome.DIVERGED, "loss is NaN", SimulatedStudy.ENVIRONMENT, 0, 1);
        SearchState state = search().state(List.of(row(failed, 3, result)));
        assertThat(state.open())
                .doesNotContain(failed.id())
                .hasSize(first.open().size() - 1);
    }

    @Test
    void eachVariantHasItsStandingAndWhoeverIsLeftOutAPrediction() {
        StudyResults results = results(searched());
        List<VariantRow> variants = Conclusions.of(results).variants();
        assertThat(variants).extracting(VariantRow::search).containsOnly("trained", "skipped");
        assertThat(variants).allSatisfy(variant -> {
            assertThat(variant.foretold() == null).isEqualTo("trained".equals(variant.search()));
            assertThat(variant.trials() == 0).isEqualTo("skipped".equals(variant.search()));
        });
        for (VariantRow variant : variants) {
            if (variant.foretold() != null) {
                assertThat(variant.foretold().chance()).isBetween(0.0, 0.5);
                assertThat(variant.foretold().low())
                        .isLessThan(variant.foretold().high());
            }
        }
        List<SearchRow> rows = Conclusions.of(results).search();
        assertThat(rows.get(rows.size() - 1).decision()).isEqualTo("left-out");
        assertThat(rows.get(rows.size() - 1).ledger()).isBetween(0.0, 0.5);
        assertThat(rows.get(0).decision()).isEqualTo("sampled");
        assertThat(rows.get(0).batch()).isEqualTo(1);
    }

    @Test
    void theAnswerSaysWhatTheSearchTrainedAndWhatTheRestMayHold() {
        List<TrialRow> rows = searched();
        assertThat(words(results(rows)))
                .anySatisfy(words -> assertThat(words)
                        .startsWith("The search trained %d of %d variants. Among the %d left out, 0."
                                .formatted(
                                        rows.size(),
                                        plan.variants().size(),
                                        plan.variants().size() - rows.size()))
                        .contains("members of the front within 0.005 are expected (risk 0.5)."));
        assertThat(words(results(searched(0, 5))))
                .contains("The search has trained 5 of %d variants and is not over."
                        .formatted(plan.variants().size()));
    }

    private static List<String> words(StudyResults results) {
        return Answer.of(results).sentences().stream().map(Sentence::words).toList();
    }

    @Test
    void aGridOfAFewVariantsIsTrainedWholeAndSaysSo() {
        study = StudyFiles.read(
                folder, STUDY, "grid=[{family=plain, widths=[[4], [8], [16]], depths=[1], strides=[1]}]");
        plan = Planner.plan(study);
        assertThat(search().state(List.of()).open()).hasSize(3);
        List<TrialRow> rows =
                plan.variants().stream().map(variant -> row(variant, 3)).toList();
        assertThat(search().state(rows).over()).isTrue();
        assertThat(words(results(rows))).contains("All 3 variants are trained: a search needs more than 10.");
    }
}
