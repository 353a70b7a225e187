package dev.narrows.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.answer.Answer;
import dev.narrows.tradeoff.answer.BudgetStep;
import dev.narrows.tradeoff.answer.Comparison;
import dev.narrows.tradeoff.answer.Sentence;
import dev.narrows.tradeoff.answer.Sentence.Standing;
import dev.narrows.tradeoff.answer.Sentence.Subject;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answer says what the figures say, in sentences whose order follows the question. */
class AnswerTest {
    private static final int IMAGES = 1000;

    @TempDir
    private Path folder;

    private final List<TrialRow> rows = new ArrayList<>();
    private int number;

    /** A variant with one number of right images per seed. */
    private void variant(String family, Map<String, Object> knobs, long params, long macs, int... right) {
        number++;
        for (int seed = 0; seed < right.length; seed++) {
            BitSet hits = new BitSet();
            hits.set(0, right[seed]);
            rows.add(of(
                    SimulatedStudy.row(
                            number, seed, hits, (double) right[seed] / IMAGES, new Settings(Map.copyOf(knobs))),
                    family,
                    family + " " + knobs,
                    new Cost(params, macs, 10, 1)));
        }
    }

    private static TrialRow of(TrialRow row, String family, String label, Cost cost) {
        return new TrialRow(
                new TrialDescription(
                        row.trialId(),
                        row.study(),
                        row.variantId(),
                        label,
                        family,
                        row.settings(),
                        row.input(),
                        row.classes(),
                        row.seed(),
                        cost,
                        null,
                        null,
                        row.training(),
                        row.data(),
                        "f"),
                row.result());
    }

    private StudyResults results(Optional<Study> study) {
        return new StudyResults(
                "made",
                study,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                rows,
                List.of(),
                new StudyResults.ResultsSource("results/made", "made.conf", false, List.of()));
    }

    private StudyResults asking(String question) throws IOException {
        Path file = Files.writeString(folder.resolve("made.conf"), """
                study = made
                question = "%s"
                input { shape = [1, 28, 28], classes = 10 }
                grid = [ { family = plain, widths = [8], depths = [1], strides = [1] } ]
                objectives = [ { maximize = validation_accuracy }, { minimize = macs } ]
                """.formatted(question));
        return results(Optional.of(StudyReader.read(file, List.of())));
    }

    private Answer answer() {
        return Answer.of(results(Optional.empty()));
    }

    private static List<String> words(Answer answer, Subject subject) {
        return answer.sentences().stream()
                .filter(sentence -> sentence.subject() == subject)
                .map(Sentence::words)
                .toList();
    }

    private static Sentence only(Answer answer, Subject subject) {
        List<Sentence> found = answer.sentences().stream()
                .filter(sentence -> sentence.subject() == subject)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void aKnobAtEqualCostHasItsIntervalAndItsPairs() {
        for (int width : new int[] {8, 16}) {
            variant("plain", Map.of("width", width, "linear", false), 100 * width, 1000 * width, 700, 702);
            variant("plain", Map.of("width", width, "linear", true), 100 * width, 1000 * width, 740, 742);
        }
        Sentence linear = answer().sentences().stream()
                .filter(sentence -> sentence.words().startsWith("plain: linear"))
                .findFirst()
                .orElseThrow();
        assertThat(linear.standing()).isEqualTo(Standing.SETTLED);
        assertThat(linear.words())
                .startsWith("plain: linear true is better than false at equal params and MACs: +4.00 points of"
                        + " validation accuracy (95 % interval ")
                .endsWith(", 2 pairs of variants).");
        Comparison figures = linear.comparison().orElseThrow();
        assertThat(figures.pairs()).isEqualTo(2);
        assertThat(figures.quality().interval().orElseThrow().low()).isPositive();
    }

    @Test
    void onePairIsSingularAndAWorseValueIsCalledWorse() {
        variant("plain", Map.of("groups", 1), 100, 1000, 740, 742);
        variant("plain", Map.of("groups", 4), 100, 1000, 700, 702);
        assertThat(only(answer(), Subject.KNOB).words())
                .startsWith("plain: groups 4 is worse than 1 at equal params and MACs: −4.00 points")
                .endsWith(", 1 pair of variants).");
    }

    @Test
    void aKnobWithoutPairsOfEqualCostSaysThatTheCostIsPartOfIt() {
        variant("plain", Map.of("expansion", 2), 100, 1000, 700, 702);
        variant("plain", Map.of("expansion", 4), 150, 2000, 740, 742);
        assertThat(only(answer(), Subject.KNOB).words())
                .contains(
                        "expansion 4 is better than 2 for 1.50 times the params and 2.00 times the MACs: +4.00 points")
                .endsWith("No pair has equal params, so knob and cost are not told apart.");
    }

    @Test
    void aKnobThatChangesTheCostIsJudgedByPairsOfEqualCost() {
        variant("plain", Map.of("depth", 1, "width", 8), 100, 1000, 700, 702);
        variant("plain", Map.of("depth", 1, "width", 16), 200, 2000, 720, 722);
        variant("plain", Map.of("depth", 2, "width", 8), 200, 2000, 760, 762);
        variant("plain", Map.of("depth", 2, "width", 16), 400, 4000, 780, 782);
        String depth = words(answer(), Subject.KNOB).stream()
                .filter(words -> words.startsWith("plain: depth"))
                .findFirst()
                .orElseThrow();
        assertThat(depth)
                .startsWith("plain: depth 2 is better than 1 at about equal params and MACs, where width"
                        + " differs too: +4.00 points")
                .contains("1 pair of variants)")
                .endsWith("Alone, it gives +6.00 points for 2.00 times the params and 2.00 times the MACs.");
    }

    @Test
    void stepsOfAKnobFollowItsNumbersAndNotItsText() {
        variant("plain", Map.of("widths", List.of(16, 32)), 300, 3000, 760, 762);
        variant("plain", Map.of("widths", List.of(8, 16)), 100, 1000, 700, 702);
        variant("plain", Map.of("widths", List.of(12, 24)), 200, 2000, 740, 742);
        assertThat(only(answer(), Subject.KNOB).words())
                .startsWith("plain: widths 16-32 is better than 8-16")
                .contains("(step by step +4.00, +2.00)");
    }

    @Test
    void oneSeedHasNoIntervalAndASecondGivesOne() {
        variant("plain", Map.of("groups", 1), 100, 1000, 740);
        variant("plain", Map.of("groups", 4), 100, 1000, 700);
        Answer answer = answer();
        assertThat(only(answer, Subject.KNOB).words())
                .isEqualTo("plain: groups 4 against 1 at equal params and MACs: −4.00 points of validation"
                        + " accuracy (no interval, 1 pair of variants).");
        assertThat(words(answer, Subject.RESERVATION))
                .containsExactly("1 difference has no interval: one seed does not tell what another would give. A"
                        + " second seed of each variant gives one.");
    }

    @Test
    void anOpenDifferenceSaysHowManySeedsWouldSettleIt() {
        variant("plain", Map.of("groups", 1), 100, 1000, 700, 720);
        variant("plain", Map.of("groups", 4), 100, 1000, 735, 725);
        Answer answer = answer();
        Sentence groups = only(answer, Subject.KNOB);
        assertThat(groups.standing()).isEqualTo(Standing.OPEN);
        int further =
                groups.comparison().orElseThrow().settlement().furtherSeeds().orElseThrow();
        assertThat(groups.words())
                .contains("groups 4 against 1")
                .endsWith("%d more %s of each variant would settle it, if the difference stays the same."
                        .formatted(further, further == 1 ? "seed" : "seeds"));
        assertThat(words(answer, Subject.RESERVATION))
                .containsExactly("1 of 1 difference is open. %d more %s of each variant would settle it."
                        .formatted(further, further == 1 ? "seed" : "seeds"));
    }

    @Test
    void whereTheImagesAreTheLimitItSaysHowManyItTakes() {
        // The two variants are right on different images, in both seeds.
        number = 2;
        for (int seed = 0; seed < 2; seed++) {
            BitSet ones = new BitSet();
            ones.set(0, 700);
            BitSet others = new BitSet();
            others.set(298, IMAGES);
            rows.add(of(
                    SimulatedStudy.row(1, seed, ones, 0.7, new Settings(Map.of("groups", 1))),
                    "plain",
                    "one",
                    new Cost(100, 1000, 1, 1)));
            rows.add(of(
                    SimulatedStudy.row(2, seed, others, 0.702, new Settings(Map.of("groups", 4))),
                    "plain",
                    "four",
                    new Cost(100, 1000, 1, 1)));
        }
        assertThat(only(answer(), Subject.KNOB).words())
                .contains("groups 4 against 1")
                .containsPattern("More seeds alone do not settle it: 1,000 validation images are too few to tell"
                        + " 0.20 points apart")
                .containsPattern("it takes at least [0-9,]+\\.$");
    }

    @Test
    void familiesAreComparedAtEqualCostAndTheBetterIsNamedFirst() {
        variant("plain", Map.of("width", 8), 100, 1000, 700, 702);
        variant("dense", Map.of("growth", 8), 104, 1040, 740, 742);
        variant("residual", Map.of("width", 64), 9000, 90_000, 740, 742);
        assertThat(words(answer(), Subject.FAMILIES))
                .hasSize(3)
                .anySatisfy(words -> assertThat(words)
                        .startsWith("dense is better than plain at about equal params and MACs: +4.00 points"))
                .contains("plain and residual cannot be compared at equal cost: no variant of one is within"
                        + " 10 % of the params of one of the other.");
    }

    @Test
    void whatTheQuestionNamesComesFirstInItsOrder() throws IOException {
        for (int groups : new int[] {1, 4}) {
            for (double ratio : new double[] {0.25, 0.5}) {
                for (boolean skip : new boolean[] {true, false}) {
                    int right = 700 + groups + (int) (20 * ratio) + (skip ? 50 : 0);
                    variant(
                            "bottleneck",
                            Map.of("cardinality", groups, "mid-ratio", ratio, "skip", skip),
                            100,
                            1000,
                            right,
                            right + 2);
                }
            }
        }
        Answer answer = Answer.of(asking("How narrow may the middle be, and does splitting it pay?"));
        assertThat(answer.sentences().stream()
                        .filter(Sentence::asked)
                        .map(sentence -> sentence.comparison().orElseThrow().subject()))
                .containsExactly("bottleneck: mid-ratio", "bottleneck: cardinality");
        assertThat(answer.sentences().get(2).words()).startsWith("bottleneck: skip");
        Answer reversed = Answer.of(asking("Does grouping pay where the middle is thin?"));
        assertThat(reversed.sentences().get(0).words()).startsWith("bottleneck: cardinality");
    }

    @Test
    void theChoiceForABudgetIsTheBestThatItAllows() {
        variant("plain", Map.of("width", 8), 100, 1000, 700, 702);
        variant("plain", Map.of("width", 16), 200, 4000, 795, 807);
        variant("plain", Map.of("width", 32), 400, 3000, 806, 798);
        variant("plain", Map.of("width", 64), 800, 9000, 500, 502);
        Answer answer = answer();
        List<BudgetStep> params = answer.budgets().get(Measure.PARAMS);
        assertThat(params).extracting(BudgetStep::from).containsExactly(100.0, 200.0, 400.0);
        BudgetStep largest = params.get(2);
        assertThat(largest.cheaper().map(VariantSummary::id)).contains("v2");
        assertThat(largest.words())
                .startsWith("take plain {width=32}: validation accuracy of 80.20 %, 400 params, 3 k MACs.")
                .contains("plain {width=16} has 0.50 times its params and 1.33 times its MACs")
                .contains("it is not settled to be worse: −0.10 points");
        assertThat(words(answer, Subject.CHOICE).get(0)).startsWith("Without a limit on cost, take plain {width=32}");
        assertThat(words(answer, Subject.CHOICE).get(1))
                .startsWith("By a budget of params: from 100 plain {width=8} (70.10 %), from 200 plain {width=16}");
        assertThat(answer.budgets().get(Measure.MACS))
                .extracting(step -> step.best().id())
                .containsExactly("v1", "v3");
    }

    @Test
    void masksOfEarlierVersionsAreComparedByTheirOverlapWithoutAnInterval() {
        for (int skip = 0; skip < 2; skip++) {
            for (int seed = 0; seed < 2; seed++) {
                TrialRow row =
                        SimulatedStudy.row(skip + 1, seed, new BitSet(), 0.9, new Settings(Map.of("skip", skip == 1)));
                rows.add(of(
                        new TrialRow(row.trial(), masked(row.trialId(), 0.5 + 0.1 * skip)),
                        "u-net",
                        "u-net skip=" + (skip == 1),
                        new Cost(100, 1000, 1, 1)));
            }
        }
        Answer answer = answer();
        assertThat(only(answer, Subject.KNOB).words())
                .isEqualTo("u-net: skip true against false at equal params and MACs: +10.00 points of mean"
                        + " IoU (no interval, 1 pair of variants).");
        assertThat(words(answer, Subject.RESERVATION))
                .containsExactly(
                        "1 difference has no interval: trial t2s0 kept no counts of its validation images, as those of"
                                + " older versions did not.");
        assertThat(words(answer, Subject.CHOICE).get(0)).contains("mean IoU of 60.00 %");
    }

    private static TrialResult masked(String id, double iou) {
        TrialResult plain = SimulatedStudy.completed(id, 0.9, null);
        Epoch epoch = new Epoch(1, 1, 0.5, 1, 0.9, null, 0.1, null, 1, 1, new Overlap(iou, iou));
        return new TrialResult(
                id,
                plain.outcome(),
                null,
                List.of(epoch),
                null,
                null,
                null,
                null,
                null,
                1.0,
                1.0,
                null,
                null,
                null,
                plain.environment(),
                null,
                0,
                1);
    }

    @Test
    void oneVariantHasAChoiceAndNothingToCompare() {
        variant("plain", Map.of("width", 8), 100, 1000, 700, 702);
        Answer answer = answer();
        assertThat(answer.sentences()).hasSize(1);
        assertThat(answer.sentences().get(0).words())
                .isEqualTo("Without a limit on cost, take plain {width=8}: validation accuracy of 70.10 %,"
                        + " 100 params, 1 k MACs.");
    }

    @Test
    void withoutResultsThereIsNoAnswerYet() throws IOException {
        Answer answer = Answer.of(asking("Does it pay?"));
        assertThat(answer.sentences())
                .extracting(Sentence::words)
                .containsExactly("There is no answer yet: no trial has a result.");
        assertThat(answer.budgets()).isEmpty();
    }
}
