package dev.narrows.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.results.SearchRow;
import dev.narrows.results.TrialRecord;
import dev.narrows.results.TrialRow;
import dev.narrows.tradeoff.Conclusions;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A search that really trains, through a real Spark, in steps that build on one another. */
@TestMethodOrder(OrderAnnotation.class)
class SearchedStudyTest {
    private static final String STUDY = """
            study = searched
            data { source = "bundled:fashion-mnist", train = 200, validation = 200, test = 20 }
            grid = [ { family = plain, stem { width = 4, kernel = 3, stride = 2 }
                       widths = [[2], [4], [6], [8], [12], [16], [24], [32], [40], [48]], depths = [1], strides = [2]
                       kernel = [1, 3] } ]
            seeds = [0, 1]
            training { epochs = 2, batch-size = 25, precision = fp32, learning-rate = 0.05 }
            latency { for = none }
            search = front
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    static Path folder;

    private static Path study;
    private static Path output;
    private static StudyResults undisturbed;

    @BeforeAll
    static void write() throws IOException {
        study = Files.writeString(folder.resolve("searched.conf"), STUDY);
        output = folder.resolve("results");
        LocalSpark.stop();
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    private static CommandLineRun run(Object... more) {
        Object[] words = new Object[4 + more.length];
        System.arraycopy(new Object[] {"run", study, "--output", output}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        return CommandLineRun.of(words);
    }

    private static StudyRun claim(Path results) {
        return ClaimedRun.of(study, results);
    }

    private static StudyResults results(Path folder) throws InterruptedException {
        return ClaimedRun.results(study, folder);
    }

    @Test
    @Order(1)
    void aSearchTrainsAPartOfTheGridAndEndsWell() throws InterruptedException {
        CommandLineRun run = run();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Search: batch 1, 8 variants, drawn at random")
                .contains("Search: batch 2, 2 variants, drawn at random")
                .contains("members of the front expected among the other");
        undisturbed = results(output);
        int trained = undisturbed.trials().size();
        assertThat(trained).isBetween(10, 19);
        assertThat(run.out())
                .contains("The search trained %d of 20 variants.".formatted(trained))
                .contains("( ) predicted: the search has not trained the variant")
                .contains(output + "/search.parquet");
        assertThat(undisturbed.trials()).extracting(TrialRow::seed).containsOnly(0L);
    }

    @Test
    @Order(2)
    void aSearchThatIsOverHasNothingLeftToDo() {
        CommandLineRun again = run();
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err())
                .contains("%d trials have ended before"
                        .formatted(undisturbed.trials().size()));
        assertThat(again.out()).contains("The search trained");
        CommandLineRun status = CommandLineRun.of("status", output);
        assertThat(status.out()).contains("It is complete");
    }

    @Test
    @Order(2)
    void everyChoiceAndComparisonTellsWhatTheSearchLeftOut() {
        String ledger = "The search trained %d of 20 variants."
                .formatted(undisturbed.trials().size());
        assertThat(CommandLineRun.of("best", output).err()).containsOnlyOnce(ledger);
        assertThat(CommandLineRun.of("best", output, "--format", "json").out()).contains(ledger);
        assertThat(CommandLineRun.of("compare", output, output).err()).contains(output + ": " + ledger);
    }

    /** As after a crash: some rows of the journal are there, whatever the driver knew. */
    @Test
    @Order(2)
    void aSearchThatWasCutOffMakesTheSameDecisions() throws Exception {
        Path cut = folder.resolve("cut");
        copyRowsOf(8, cut);
        try (StudyRun run = claim(cut)) {
            run.resume();
            run.train();
            run.writeTables();
            StudyResults results = run.results();
            assertThat(decisions(results)).isEqualTo(decisions(undisturbed));
            assertThat(front(results)).isEqualTo(front(undisturbed));
        }
    }

    private static void copyRowsOf(int trials, Path to) throws InterruptedException {
        try (StudyRun run = claim(to)) {
            ResultsFolder there = new ResultsFolder(to);
            undisturbed.trials().stream()
                    .limit(trials)
                    .forEach(row -> there.journal().keep(TrialRecord.ended(row)));
            run.resume();
        }
    }

    private static List<SearchRow> decisions(StudyResults results) {
        return Conclusions.of(results).search();
    }

    private static List<String> front(StudyResults results) {
        return ParetoFront.of(results.summaries(), VariantSummary.criteria(results.objectives())).stream()
                .map(VariantSummary::id)
                .toList();
    }

    /** The rows of other settings belong to no trial of the study any more, whatever variants they are of. */
    @Test
    @Order(2)
    void aSearchWithOtherSettingsTrainsItsOwnTrials() throws Exception {
        Path other = folder.resolve("other");
        copyRowsOf(undisturbed.trials().size(), other);
        CommandLineRun run = CommandLineRun.of("run", study, "--output", other, "--set", "training.learning-rate=0.04");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("Search: batch 1, 8 variants, drawn at random");
        assertThat(run.out()).contains("The search trained ").doesNotContain("The search trained 0 of");
    }

    @Test
    @Order(3)
    void aSearchedStudyBecomesAGridWithoutTrainingAnythingTwice() throws InterruptedException {
        int trained = undisturbed.trials().size();
        CommandLineRun run = run("--set", "search=none");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("%d of 40 trials have ended before; %d to go".formatted(trained, 40 - trained));
        assertThat(output.resolve("search.parquet")).doesNotExist();
        assertThat(run.out()).doesNotContain("The search");
    }

    @Test
    @Order(4)
    void aGridThatIsSearchedLaterKeepsAllItsTrials() throws InterruptedException {
        CommandLineRun run = run();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(results(output).trials()).hasSize(40);
    }
}
