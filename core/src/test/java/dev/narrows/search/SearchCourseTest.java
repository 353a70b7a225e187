package dev.narrows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.data.random.Seeds;
import dev.narrows.search.SearchDecision.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class SearchCourseTest {
    private static final MadeUpGrid GRID = MadeUpGrid.of(5, 10);
    private static final SearchSettings SETTINGS = SearchSettings.defaults(GRID.size(), MadeUpGrid.EPOCHS, 7);

    private static SearchCourse course(SearchSettings settings) {
        return new SearchCourse(GRID.candidates(), settings);
    }

    /** A run whose trials advance in random order; a new course is a driver that was killed. */
    private static SearchState disorderly(SearchSettings settings, long order, boolean killed) {
        UniformRandomProvider random = Seeds.generator(order, "order", 0);
        Map<String, VariantProgress> progress = new HashMap<>();
        SearchCourse course = course(settings);
        SearchState state = course.at(progress);
        while (!state.over()) {
            String id = state.open().get(random.nextInt(state.open().size()));
            int epochs =
                    progress.containsKey(id) ? progress.get(id).trainLosses().size() : 0;
            // Some trials run past the epoch at which they are to pause before anybody looks.
            int reached = Math.min(MadeUpGrid.EPOCHS, epochs + 1 + random.nextInt(4));
            progress.put(id, reached == MadeUpGrid.EPOCHS ? GRID.whole(id) : GRID.part(id, reached));
            state = (killed && random.nextInt(8) == 0 ? course = course(settings) : course).at(progress);
        }
        return state;
    }

    @Test
    void decisionsAreTheSameInWhateverOrderTrialsEnd() {
        for (boolean stops : new boolean[] {false, true}) {
            SearchSettings settings = SETTINGS.withStops(stops);
            List<SearchDecision> decisions = GRID.searched(course(settings)).decisions();
            for (int order = 0; order < 3; order++) {
                assertThat(disorderly(settings, order, order == 2).decisions()).isEqualTo(decisions);
            }
        }
    }

    @Test
    void decisionsDoNotDependOnTheOrderOfTheCandidates() {
        List<SearchCandidate> reversed = new ArrayList<>(GRID.candidates());
        Collections.reverse(reversed);
        assertThat(GRID.searched(new SearchCourse(reversed, SETTINGS)).decisions())
                .isEqualTo(GRID.searched(course(SETTINGS)).decisions());
    }

    /** So a sample may be trained while costs are still measured. */
    @Test
    void theSampleDependsOnNoCostAndOnNoResult() {
        SearchState whole = GRID.searched(course(SETTINGS));
        List<String> sampled = whole.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.SAMPLED)
                .map(SearchDecision::variantId)
                .toList();
        List<SearchCandidate> unmeasured = GRID.candidates().stream()
                .map(known -> new SearchCandidate(
                        known.variantId(),
                        known.label(),
                        known.family(),
                        known.settings(),
                        known.cost(),
                        List.of(1.0, 1.0)))
                .toList();
        SearchCourse course = new SearchCourse(unmeasured, SETTINGS);
        SearchState beginning = course.sampleAt(Map.of());
        assertThat(beginning.open()).containsExactlyElementsOf(sampled);
        assertThat(beginning.over()).isFalse();
        Map<String, VariantProgress> ended = new HashMap<>();
        sampled.forEach(id -> ended.put(id, GRID.whole(id)));
        SearchState end = course.sampleAt(ended);
        assertThat(end.open()).isEmpty();
        assertThat(end.over()).isFalse();
        assertThat(end.decisions()).isEqualTo(beginning.decisions());
    }

    @Test
    void aBatchIsChosenFromTheResultsOfAllBatchesButTheOneBefore() {
        SearchCourse course = course(SETTINGS);
        SearchState state = course.at(Map.of());
        assertThat(batches(state)).containsOnlyKeys(0, 1);
        Map<String, VariantProgress> progress = new HashMap<>();
        batches(state).get(0).forEach(id -> progress.put(id, GRID.whole(id)));
        SearchState next = course.at(progress);
        assertThat(batches(next)).containsOnlyKeys(0, 1, 2);
        List<String> third = batches(next).get(2);
        batches(state).get(1).forEach(id -> progress.put(id, GRID.whole(id)));
        SearchState after = course.at(progress);
        assertThat(batches(after).get(2)).isEqualTo(third);
        assertThat(batches(after)).containsKey(3);
    }

    private static Map<Integer, List<String>> batches(SearchState state) {
        return state.decisions().stream()
                .filter(decision -> Set.of(Verdict.SAMPLED, Verdict.CHOSEN, Verdict.RESUMED, Verdict.GRID)
                        .contains(decision.verdict()))
                .collect(Collectors.groupingBy(
                        SearchDecision::batch, Collectors.mapping(SearchDecision::variantId, Collectors.toList())));
    }

    @Test
    void noSlotIsIdleWhileTrialsAreLeftToChoose() {
        int slots = SETTINGS.batch();
        SearchCourse course = course(SETTINGS);
        Map<String, VariantProgress> progress = new HashMap<>();
        Map<String, Integer> running = new HashMap<>();
        SearchState state = course.at(progress);
        int steps = 0;
        while (!state.over()) {
            List<String> waiting =
                    state.open().stream().filter(id -> !running.containsKey(id)).toList();
            for (String id : waiting) {
                if (running.size() < slots) {
                    running.put(id, 2 + (steps + running.size()) % 2);
                }
            }
            int batch = state.decisions().stream()
                    .mapToInt(SearchDecision::batch)
                    .max()
                    .orElse(0);
            boolean ends = state.ledger().isPresent() && state.ledger().getAsDouble() <= SETTINGS.risk();
            assertThat(running.size() == slots || ends).as("batch %d", batch).isTrue();
            steps++;
            running.replaceAll((id, left) -> left - 1);
            running.keySet().stream()
                    .filter(id -> running.get(id) == 0)
                    .toList()
                    .forEach(id -> {
                        running.remove(id);
                        progress.put(id, GRID.whole(id));
                    });
            state = course.at(progress);
        }
        assertThat(running).isEmpty();
    }

    @Test
    void theSampleIsRandomAndAtLeastWhatTheModelNeeds() {
        Set<List<String>> samples = IntStream.range(0, 5)
                .mapToObj(seed -> course(SETTINGS.withSeed(seed)).at(Map.of()).open())
                .collect(Collectors.toSet());
        assertThat(samples).hasSize(5);
        assertThat(samples).allSatisfy(sample -> assertThat(sample).hasSize(SearchSettings.LEAST_SAMPLE + 3));
        assertThat(course(SETTINGS.withSample(0.5)).at(Map.of()).open()).hasSize(30);
        assertThat(GRID.searched(course(SETTINGS.withSample(1))).decisions())
                .hasSize(GRID.size())
                .allMatch(decision -> decision.verdict() == Verdict.SAMPLED);
    }

    @Test
    void fewVariantsAreTrainedAsAGridWhichIsSaid() {
        SearchCourse course = new SearchCourse(GRID.candidates().subList(0, 11), SETTINGS);
        SearchState state = course.at(Map.of());
        assertThat(SETTINGS.isGrid(11)).isTrue();
        assertThat(state.open()).hasSize(11);
        assertThat(state.note()).contains("All 11 variants are trained: a search needs more than 11");
        assertThat(GRID.searched(course).over()).isTrue();
        assertThat(SETTINGS.isGrid(12)).isFalse();
    }

    @Test
    void theLedgerIsTheSumOfTheChancesOfAllThatIsLeftOutAndAtMostTheRisk() {
        for (boolean stops : new boolean[] {false, true}) {
            SearchState state = GRID.searched(course(SETTINGS.withStops(stops)));
            double sum = state.decisions().stream()
                    .filter(decision -> decision.verdict() == Verdict.LEFT_OUT)
                    .mapToDouble(decision -> decision.prediction().orElseThrow().chance())
                    .sum();
            assertThat(state.ledger().orElseThrow()).isEqualTo(sum, org.assertj.core.data.Offset.offset(1e-9));
            assertThat(sum).isLessThanOrEqualTo(SETTINGS.risk());
            long trained =
                    batches(state).values().stream().mapToLong(List::size).sum();
            long leftOut = state.decisions().stream()
                    .filter(decision -> decision.verdict() == Verdict.LEFT_OUT)
                    .count();
            assertThat(trained + leftOut - state.paused().size()).isEqualTo(GRID.size());
        }
    }

    @Test
    void noRiskTrainsWhateverMayBeAMember() {
        SearchState state = GRID.searched(course(SETTINGS.withRisk(0)));
        assertThat(state.decisions())
                .filteredOn(decision -> decision.verdict() == Verdict.LEFT_OUT)
                .allMatch(decision -> decision.prediction().orElseThrow().chance() == 0);
    }

    /** Forty searches: the deviation of the mean of lost members is about a tenth. */
    @Test
    void lostMembersAreAsManyAsTheLedgerSaysAndHalfOfTheGridIsSpared() {
        double lost = 0;
        double ledger = 0;
        double trained = 0;
        int searches = 40;
        for (int seed = 0; seed < searches; seed++) {
            MadeUpGrid grid = MadeUpGrid.of(seed, 10);
            SearchState state = grid.searched(new SearchCourse(grid.candidates(), SETTINGS.withSeed(seed)));
            Set<String> begun =
                    batches(state).values().stream().flatMap(List::stream).collect(Collectors.toSet());
            Membership membership = new Membership(grid.candidates(), SETTINGS.tolerance(), seed);
            lost += membership.members(grid.qualities()).stream()
                    .filter(i -> !begun.contains(grid.candidates().get(i).variantId()))
                    .count();
            ledger += state.ledger().orElseThrow();
            trained += (double) begun.size() / grid.size();
        }
        assertThat(lost / searches).isLessThanOrEqualTo(1.5 * ledger / searches + 0.1);
        assertThat(ledger / searches).isLessThanOrEqualTo(SETTINGS.risk());
        assertThat(trained / searches).isLessThan(0.7);
    }

    @Test
    void aTrialStopsOnlyWhereItsChanceIsSmallAndNeverInTheSample() {
        SearchSettings settings = SETTINGS.withStops(true);
        int pauses = 0;
        for (int seed = 0; seed < 6; seed++) {
            MadeUpGrid grid = MadeUpGrid.of(seed, 10);
            SearchState state = grid.searched(new SearchCourse(grid.candidates(), settings.withSeed(seed)));
            Set<String> sample = state.decisions().stream()
                    .filter(decision -> decision.verdict() == Verdict.SAMPLED)
                    .map(SearchDecision::variantId)
                    .collect(Collectors.toSet());
            for (SearchDecision decision : state.decisions()) {
                if (decision.verdict() == Verdict.PAUSED) {
                    assertThat(decision.prediction().orElseThrow().chance())
                            .isLessThanOrEqualTo(settings.risk() / grid.size());
                    assertThat(decision.epoch()).isPresent();
                    assertThat(sample).doesNotContain(decision.variantId());
                    pauses++;
                }
            }
            state.decisions().stream()
                    .filter(decision -> decision.verdict() == Verdict.LEFT_OUT
                            && decision.epoch().isPresent())
                    .forEach(decision -> assertThat(
                                    decision.prediction().orElseThrow().chance())
                            .isLessThanOrEqualTo(settings.risk() / grid.size()));
        }
        assertThat(pauses).isPositive();
    }

    @Test
    void aVariantThatIsNoCandidateLeavesTheSampleOfTheOthersNearlyAsItIs() {
        List<String> all =
                GRID.candidates().stream().map(SearchCandidate::variantId).toList();
        List<String> sample = course(SETTINGS).at(Map.of()).open();
        String lost = sample.get(3);
        List<SearchCandidate> others = GRID.candidates().stream()
                .filter(candidate -> !candidate.variantId().equals(lost))
                .toList();
        List<String> left = new SearchCourse(others, all, SETTINGS).at(Map.of()).open();
        assertThat(left).doesNotContain(lost).hasSameSizeAs(sample);
        assertThat(left)
                .containsAll(sample.stream().filter(id -> !id.equals(lost)).toList());
    }

    /** As in a run, where a trial stops by its rule and the rest of its curve is known only once it has gone on. */
    @Test
    void theRulesStopTheTrialsThatTheSearchCallsPaused() {
        SearchSettings settings = SETTINGS.withStops(true);
        int resumed = 0;
        for (int seed = 0; seed < 6; seed++) {
            MadeUpGrid grid = MadeUpGrid.of(seed, 10);
            SearchCourse course = new SearchCourse(grid.candidates(), settings.withSeed(seed));
            Map<String, VariantProgress> progress = new HashMap<>();
            SearchState state = course.at(progress);
            while (!state.over()) {
                for (String id : state.open()) {
                    PauseRule rule = state.rules().getOrDefault(id, PauseRule.NONE);
                    List<Double> losses = grid.whole(id).trainLosses();
                    OptionalInt pause = IntStream.range(1, losses.size())
                            .filter(epoch -> rule.pauses(epoch, losses.get(epoch - 1)))
                            .findFirst();
                    progress.put(id, pause.isPresent() ? grid.part(id, pause.getAsInt()) : grid.whole(id));
                }
                state = course.at(progress);
            }
            assertThat(state.decisions())
                    .isEqualTo(grid.searched(new SearchCourse(grid.candidates(), settings.withSeed(seed)))
                            .decisions());
            for (Map.Entry<String, Integer> paused : state.paused().entrySet()) {
                assertThat(progress.get(paused.getKey())).isEqualTo(grid.part(paused.getKey(), paused.getValue()));
            }
            resumed += (int) state.decisions().stream()
                    .filter(decision -> decision.verdict() == Verdict.RESUMED)
                    .count();
        }
        assertThat(resumed).isPositive();
    }

    @Test
    void trialsThatFailAreNoMembersAndDoNotStopTheSearch() {
        SearchCourse course = course(SETTINGS);
        Map<String, VariantProgress> progress = new HashMap<>();
        SearchState state = course.at(progress);
        while (!state.over()) {
            state.open()
                    .forEach(id -> progress.put(
                            id, GRID.index(id) % 4 == 0 ? VariantProgress.failed(List.of(2.0)) : GRID.whole(id)));
            state = course.at(progress);
        }
        assertThat(state.ledger().orElseThrow()).isLessThanOrEqualTo(SETTINGS.risk());
        assertThat(progress.size()).isGreaterThan(SearchSettings.LEAST_SAMPLE);
    }

    @Test
    void aSearchOfFailuresTrainsAllVariantsAndEnds() {
        SearchCourse course = course(SETTINGS);
        Map<String, VariantProgress> progress = new HashMap<>();
        SearchState state = course.at(progress);
        while (!state.over()) {
            state.open().forEach(id -> progress.put(id, VariantProgress.failed(List.of())));
            state = course.at(progress);
        }
        assertThat(progress).hasSize(GRID.size());
        assertThat(state.ledger()).isEmpty();
    }

    /** Three learning rates: the last is worse for all, the first two take turns. */
    private static VariantProgress withChoices(String id) {
        double best = GRID.qualities()[GRID.index(id)];
        boolean first = GRID.index(id) % 2 == 0;
        return new VariantProgress(
                List.of(), Map.of(0, first ? best : best - 0.02, 1, first ? best - 0.02 : best, 2, best - 0.04));
    }

    @Test
    void aChoiceOfTrainingSettingsThatIsNeverTheBestIsLeftOutOfLaterBatches() {
        SearchCourse course = course(SETTINGS.withChoices(3));
        Map<String, VariantProgress> progress = new HashMap<>();
        SearchState state = course.at(progress);
        while (!state.over()) {
            for (String id : state.open()) {
                VariantProgress whole = withChoices(id);
                Map<Integer, Double> begun = new HashMap<>(whole.qualities());
                begun.keySet().retainAll(state.choices().get(id));
                progress.put(id, new VariantProgress(List.of(), begun));
            }
            state = course.at(progress);
        }
        List<SearchDecision> begun = state.decisions().stream()
                .filter(decision -> decision.verdict().begins())
                .toList();
        assertThat(begun)
                .filteredOn(decision -> decision.verdict() == Verdict.SAMPLED)
                .allSatisfy(decision -> assertThat(decision.choices()).containsExactly(0, 1, 2));
        assertThat(begun)
                .filteredOn(decision -> decision.verdict() == Verdict.CHOSEN)
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(decision.choices()).containsExactly(0, 1));
        assertThat(state.decisions())
                .filteredOn(decision -> !decision.verdict().begins())
                .allSatisfy(decision -> assertThat(decision.choices()).isEmpty());
    }

    @Test
    void aVariantHasNotEndedBeforeAllItsChoicesHave() {
        SearchCourse course = course(SETTINGS.withChoices(3));
        String first = course.at(Map.of()).open().get(0);
        SearchState state = course.at(Map.of(first, new VariantProgress(List.of(), Map.of(0, 0.7, 2, 0.8))));
        assertThat(state.open()).contains(first);
        assertThat(state.choices().get(first)).containsExactly(0, 1, 2);
    }

    @Test
    void badInputIsRefusedWithTheReason() {
        assertThatThrownBy(() -> new SearchCourse(List.of(), SETTINGS))
                .hasMessage("Cannot search: there is no variant");
        SearchCandidate one = GRID.candidates().get(0);
        assertThatThrownBy(() -> new SearchCourse(List.of(one, one), SETTINGS))
                .hasMessage("Cannot search: variant narrow-width=1-depth=1 is there twice");
        assertThatThrownBy(
                        () -> new SearchCandidate("a", "narrow", "f", one.settings(), one.cost(), List.of(Double.NaN)))
                .hasMessage("Cannot search with narrow: its costs are [NaN], and a search knows all before");
    }
}
