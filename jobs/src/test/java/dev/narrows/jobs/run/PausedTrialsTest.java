package dev.narrows.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.results.SearchRow;
import dev.narrows.results.TrialRecord;
import dev.narrows.results.TrialRow;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.Conclusions;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.StudySearch;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Resumption;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search that stops trials early, through a real Spark, in steps that build on one another. The rows of the sample
 * are made up, with losses that no trial here comes near: so the real trials pause on every kind of processor.
 */
@TestMethodOrder(OrderAnnotation.class)
class PausedTrialsTest {
    private static final int EPOCHS = 4;

    private static final String STUDY = """
            study = paused
            data { source = "bundled:fashion-mnist", train = 200, validation = 200, test = 20 }
            grid = [ { family = plain, stem { width = 4, kernel = 3, stride = 2 }
                       widths = [[2], [4], [6], [8], [12], [16], [24], [32], [40], [48]], depths = [1], strides = [2]
                       kernel = [1, 3] } ]
            training { epochs = %d, batch-size = 25, precision = fp32, learning-rate = 0.05 }
            latency { for = none }
            search { stops = true }
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """.formatted(EPOCHS);

    @TempDir
    static Path folder;

    private static Path study;
    private static Path output;
    private static StudyResults searched;

    @BeforeAll
    static void write() throws IOException, InterruptedException {
        study = Files.writeString(folder.resolve("paused.conf"), STUDY);
        output = folder.resolve("results");
        LocalSpark.stop();
        trainSample(output);
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    private static CommandLineRun run(Path to, String... settings) {
        Object[] words = new Object[4 + settings.length];
        System.arraycopy(new Object[] {"run", study, "--output", to}, 0, words, 0, 4);
        System.arraycopy(settings, 0, words, 4, settings.length);
        return CommandLineRun.of(words);
    }

    private static OpenedStudy opened() {
        return OpenedStudy.briefly(StudyReader.read(study, List.of()));
    }

    private static StudyRun claim(Path results) {
        return ClaimedRun.of(study, results);
    }

    private static StudyResults results(Path folder) throws InterruptedException {
        return ClaimedRun.results(study, folder);
    }

    private static void trainSample(Path to) throws InterruptedException {
        Map<String, Trial> trials = opened().planned().candidates().stream()
                .collect(Collectors.toMap(Trial::variantId, Function.identity()));
        try (StudyRun run = claim(to)) {
            run.resume();
            StudySearch search = run.results().search().orElseThrow();
            ResultsFolder there = new ResultsFolder(to);
            search.state(List.of())
                    .open()
                    .forEach(id ->
                            there.journal().keep(TrialRecord.ended(madeUp(Objects.requireNonNull(trials.get(id))))));
        }
    }

    /** A row whose quality grows with the parameters, and whose losses follow it. */
    private static TrialRow madeUp(Trial trial) {
        Cost cost = Cost.of(trial.network(), trial.input());
        double own = trial.variantId().hashCode() % 100 / 5000.0;
        double quality = 0.2 + 0.08 * Math.log(cost.params() / 50.0) + own;
        List<Epoch> epochs = IntStream.rangeClosed(1, EPOCHS)
                .mapToObj(number -> new Epoch(
                        number,
                        Math.exp(-5 * quality - 0.1 * number),
                        0.5,
                        0.5,
                        quality,
                        null,
                        0.05,
                        null,
                        0.01,
                        0.01,
                        null))
                .toList();
        return TrialRow.of(
                trial,
                cost,
                new TrialResult(
                        trial.id(),
                        Outcome.COMPLETED,
                        null,
                        epochs,
                        null,
                        null,
                        null,
                        null,
                        null,
                        0.1,
                        100.0,
                        0.1,
                        null,
                        null,
                        new Environment("host", "processor", "cpu", "fp32", 1, "tests"),
                        null,
                        1,
                        0.1));
    }

    private static List<TrialRow> paused(StudyResults results) {
        return results.trials().stream()
                .filter(row -> row.outcome() == Outcome.PAUSED)
                .toList();
    }

    private static List<Double> losses(TrialRow row) {
        return row.result().epochs().stream().map(Epoch::trainLoss).toList();
    }

    private static Map<String, TrialRow> byTrial(StudyResults results) {
        return results.trials().stream().collect(Collectors.toMap(TrialRow::trialId, Function.identity()));
    }

    private static Set<String> checkpoints() {
        return Set.copyOf(new ResultsFolder(output).checkpoints().trialIds());
    }

    private static List<SearchRow> decisions(StudyResults results) {
        return Conclusions.of(results).search();
    }

    @Test
    @Order(1)
    void aTrialThatIsUnlikelyToBeOnTheFrontPausesAndItsCheckpointStays() throws InterruptedException {
        CommandLineRun run = run(output);
        assertThat(run.exitCode()).as(run.err()).isZero();
        searched = results(output);
        List<TrialRow> paused = paused(searched);
        assertThat(paused).as(run.err()).isNotEmpty();
        assertThat(run.out()).contains(" of 20 variants and paused %d more.".formatted(paused.size()));
        assertThat(paused).allSatisfy(row -> {
            int epochs = row.result().epochs().size();
            assertThat(epochs).isBetween(EPOCHS / 2, EPOCHS - 1);
            assertThat(row.result().message()).startsWith("Paused after epoch %d of %d: ".formatted(epochs, EPOCHS));
        });
        assertThat(checkpoints())
                .isEqualTo(paused.stream().map(TrialRow::trialId).collect(Collectors.toSet()));
        assertThat(decisions(searched))
                .filteredOn(row -> row.decision().equals("paused"))
                .hasSizeGreaterThanOrEqualTo(paused.size());
    }

    @Test
    @Order(2)
    void aSearchThatIsOverLeavesItsPausedTrialsAsTheyAre() {
        CommandLineRun again = run(output);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("from its checkpoint").doesNotContain("from their checkpoints");
        assertThat(CommandLineRun.of("status", output).out()).contains("It is complete");
        assertThat(checkpoints()).hasSameSizeAs(paused(searched));
    }

    /** As after a crash: of the rows of the real trials only the first is there, and no checkpoint. */
    @Test
    @Order(2)
    void aSearchThatWasCutOffStopsTheSameTrials() throws InterruptedException {
        Path cut = folder.resolve("cut");
        trainSample(cut);
        new ResultsFolder(cut).journal().keep(TrialRecord.ended(paused(searched).get(0)));
        CommandLineRun run = run(cut);
        assertThat(run.exitCode()).as(run.err()).isZero();
        StudyResults after = results(cut);
        assertThat(decisions(after)).isEqualTo(decisions(searched));
        assertThat(paused(after)).hasSameSizeAs(paused(searched));
    }

    /** As after the death of a driver that had let a trial go on. */
    @Test
    @Order(2)
    void aStudyWithATrialThatGoesOnIsNotComplete() throws InterruptedException {
        ResultsFolder there = new ResultsFolder(output);
        List<String> ids = there.trials().orElseThrow();
        there.keepTrials(ids, Set.of(paused(searched).get(0).trialId()));
        assertThat(there.trials()).contains(ids);
        String some = "%d of %d trials have ended".formatted(ids.size() - 1, ids.size());
        assertThat(CommandLineRun.of("status", output).out()).contains(some).doesNotContain("It is complete");
        assertThat(results(output).trials()).hasSize(ids.size());
        assertThat(CommandLineRun.of("status", output).out()).contains("It is complete");
    }

    /** A plan that lacks a trial which has paused leaves its checkpoint for the plan that has it again. */
    @Test
    @Order(2)
    void aCheckpointOutlivesAPlanThatLacksItsTrial() throws IOException {
        Set<String> before = checkpoints();
        Path narrowed = Files.writeString(
                folder.resolve("narrowed.conf"),
                STUDY.replaceAll("widths = .*, depths", "widths = [[2]], depths")
                        .replace("search { stops = true }", ""));
        CommandLineRun run = CommandLineRun.of("run", narrowed, "--output", output);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(checkpoints()).isEqualTo(before).isNotEmpty();
        assertThat(run(output).exitCode()).isZero();
    }

    @Test
    @Order(3)
    void aGridLetsWhatHadPausedGoOnWithTheSameBits() throws InterruptedException {
        Path fresh = folder.resolve("fresh");
        assertThat(run(fresh, "--set", "search=none").exitCode()).isZero();
        CommandLineRun run = run(output, "--set", "search=none");
        assertThat(run.exitCode()).as(run.err()).isZero();
        int paused = paused(searched).size();
        assertThat(run.err())
                .contains(
                        paused == 1
                                ? "1 trial goes on from its checkpoint"
                                : paused + " trials go on from their checkpoints");
        assertThat(checkpoints()).isEmpty();
        Map<String, TrialRow> whole = byTrial(results(fresh));
        Map<String, TrialRow> gone = byTrial(results(output));
        for (TrialRow before : paused(searched)) {
            TrialRow row = Objects.requireNonNull(gone.get(before.trialId()));
            assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
            Resumption resumption = Objects.requireNonNull(row.result().resumption());
            assertThat(resumption.afterEpochs())
                    .isEqualTo(before.result().epochs().size());
            assertThat(losses(row)).startsWith(losses(before).toArray(Double[]::new));
            assertThat(losses(row)).isEqualTo(losses(Objects.requireNonNull(whole.get(row.trialId()))));
        }
    }
}
