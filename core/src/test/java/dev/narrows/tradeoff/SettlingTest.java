package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.OpenQuestion.About;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Set<About> ALL = EnumSet.allOf(About.class);

    private static StudyResults results(List<TrialRow> rows) {
        return new StudyResults(
                "simulated",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                rows,
                List.of(),
                new StudyResults.ResultsSource("results/simulated", "study.conf", false, List.of()));
    }

    private static List<TrialRow> rows(int seeds) {
        return SimulatedStudy.of(8, 0.02, 0.1, seeds, 500).run(11).stream()
                .flatMap(summary -> summary.chosen().stream())
                .toList();
    }

    @Test
    void onlyMembershipsThatAreOpenAreQuestions() {
        StudyResults results = results(rows(3));
        FrontCertainty chances =
                Certainty.of(results.summaries(), Measure.VALIDATION_ACCURACY).front(results.objectives());
        List<OpenQuestion> open = Settling.of(results, EnumSet.of(About.FRONT)).open();
        assertThat(open).isNotEmpty();
        for (OpenQuestion question : open) {
            double chance = question.chance().orElseThrow();
            assertThat(chance).isBetween(0.05, 0.95);
            assertThat(question.variants().get(0).label()).isEqualTo(question.subject());
            assertThat(chances.of(question.variants().get(0))).hasValue(chance);
            assertThat(question.difference().settled()).isFalse();
        }
        Set<String> asked = open.stream().map(OpenQuestion::subject).collect(Collectors.toSet());
        Map<String, Integer> further = new HashMap<>();
        Conclusions.of(results).variants().forEach(row -> further.put(row.variant(), row.furtherSeeds()));
        results.summaries().stream()
                .filter(summary -> !asked.contains(summary.label()))
                .filter(summary -> !Objects.equals(further.get(summary.label()), 0))
                .forEach(summary -> assertThat(chances.of(summary).orElseThrow())
                        .matches(chance -> chance < 0.05 || chance > 0.95));
    }

    @Test
    void theCheapestQuestionComesFirstAndUnsettleableOnesLast() {
        List<Double> seconds = Settling.of(results(rows(3)), ALL).open().stream()
                .map(OpenQuestion::seconds)
                .toList();
        assertThat(seconds).isSorted();
    }

    /** Differences are paired by seed, so a seed that one variant has alone tells little. */
    @Test
    void furtherSeedsAreThoseThatOthersHaveAndThenTheSmallestNewOne() {
        List<TrialRow> rows = rows(3);
        Set<Long> used = rows.stream().map(TrialRow::seed).collect(Collectors.toCollection(HashSet::new));
        long fresh = 0;
        while (used.contains(fresh)) {
            fresh++;
        }
        List<Settling.FurtherSeed> next = Settling.of(results(rows), ALL).next(1000);
        assertThat(next).isNotEmpty().extracting(Settling.FurtherSeed::seed).containsOnly(fresh);

        String lacking = next.get(0).variant().id();
        long largest = rows.stream().mapToLong(TrialRow::seed).max().orElseThrow();
        List<TrialRow> without = rows.stream()
                .filter(row -> !(row.variantId().equals(lacking) && row.seed() == largest))
                .toList();
        assertThat(Settling.of(results(without), ALL).next(1000))
                .filteredOn(seed -> seed.seed() == largest)
                .extracting(seed -> seed.variant().id())
                .containsExactly(lacking);
    }

    /** Else it would get one seed after another for ever. */
    @Test
    void aVariantWhoseFurtherSeedsGiveNoResultGetsNoMore() {
        List<TrialRow> rows = new ArrayList<>(rows(1));
        OpenQuestion spread = Settling.of(results(rows), ALL).open().get(0);
        assertThat(spread.canBeSettled()).isTrue();
        for (VariantSummary variant : spread.variants()) {
            TrialRow row = variant.chosen().get(0);
            int number = row.settings().values().get("knob") instanceof Integer knob ? knob : 0;
            for (long seed = 100; seed < 102; seed++) {
                String id = variant.id() + seed;
                rows.add(SimulatedStudy.row(
                        number,
                        seed,
                        row.settings(),
                        TrialResult.bare(id, Outcome.DIVERGED, "NaN", SimulatedStudy.ENVIRONMENT, 0, 1)));
            }
        }
        Settling settling = Settling.of(results(rows), ALL);
        assertThat(settling.canSettle()).isFalse();
        assertThat(settling.next(1000)).isEmpty();
        assertThat(settling.open().get(0).settlement().reason().orElseThrow())
                .matches("2 seeds of variant \\d+ ended without a result");
    }

    @Test
    void aRoundTakesWholeQuestionsUntilAllSlotsAreBusy() {
        Settling settling = Settling.of(results(rows(3)), ALL);
        OpenQuestion cheapest = settling.open().get(0);
        assertThat(cheapest.canBeSettled()).isTrue();
        assertThat(settling.next(1).stream().map(next -> next.variant().id()))
                .containsExactlyElementsOf(
                        cheapest.variants().stream().map(VariantSummary::id).toList());
        assertThat(settling.next(1000).stream().map(next -> next.variant().id()))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(cheapest.variants().size());
    }

    /** Nothing is known of a difference by one common seed, so a second is the least that it needs. */
    @Test
    void variantsWithOneSeedInCommonNeedASecond() {
        List<TrialRow> rows = rows(3);
        String lacking = Settling.of(results(rows), EnumSet.of(About.FRONT))
                .open()
                .get(0)
                .variants()
                .get(0)
                .id();
        List<TrialRow> few = rows.stream()
                .filter(row -> !row.variantId().equals(lacking)
                        || row.seed() == rows.get(0).seed())
                .toList();
        Settling settling = Settling.of(results(few), EnumSet.of(About.FRONT));
        List<OpenQuestion> unknown = settling.open().stream()
                .filter(question -> question.difference().error().isEmpty())
                .toList();
        assertThat(unknown).isNotEmpty().allSatisfy(question -> {
            assertThat(question.difference().seeds()).isEqualTo(1);
            assertThat(question.settlement().furtherSeeds()).hasValue(1);
        });
    }

    @Test
    void membersOfTheFrontNeedASecondSeedBeforeAnythingIsKnown() {
        StudyResults results = results(rows(1));
        List<OpenQuestion> open = Settling.of(results, ALL).open();
        assertThat(open).singleElement().satisfies(question -> {
            assertThat(question.about()).isEqualTo(About.SEEDS);
            assertThat(question.settlement().furtherSeeds()).hasValue(1);
            assertThat(question.variants())
                    .containsExactlyInAnyOrderElementsOf(
                            ParetoFront.of(results.summaries(), VariantSummary.criteria(results.objectives())));
        });
    }

    @Test
    void aStudyWithoutACompletedTrialHasNoQuestion() {
        assertThat(Settling.of(results(List.of()), ALL).open()).isEmpty();
    }
}
