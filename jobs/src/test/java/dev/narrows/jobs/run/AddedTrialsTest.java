package dev.narrows.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRecord;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.OpenQuestion;
import dev.narrows.tradeoff.Settling;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Seeds that settle a question belong to their study from then on. */
class AddedTrialsTest {
    private static final String STUDY = """
            study = settled
            data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 20 }
            grid = [ { family = plain, stem { width = 8, kernel = 3, stride = 2 }
                       widths = [[4], [8]], depths = [1], strides = [2] } ]
            training { epochs = 1, batch-size = 50, precision = fp32 }
            latency { for = none }
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    private Path folder;

    private Path study;
    private Path output;

    @BeforeEach
    void write() throws Exception {
        LocalSpark.stop();
        study = Files.writeString(folder.resolve("settled.conf"), STUDY);
        output = folder.resolve("results");
    }

    @AfterEach
    void stop() {
        LocalSpark.stop();
    }

    private StudyRun claim() {
        StringWriter said = new StringWriter();
        return StudyRun.claim(
                OpenedStudy.briefly(StudyReader.read(study, List.of())),
                new ResultsFolder(output),
                new RunOptions().named(study.toString()),
                new Terminal(new PrintWriter(said), new PrintWriter(said), Integer.MAX_VALUE, Ansi.OFF, false));
    }

    private static List<Settling.FurtherSeed> next(StudyRun run) {
        return Settling.of(run.results(), EnumSet.allOf(OpenQuestion.About.class))
                .next(1);
    }

    @Test
    void aDriverThatDiesBeforeTheyAreTrainedLeavesThemToTheNextRun() throws InterruptedException {
        int added;
        try (StudyRun run = claim()) {
            run.resume();
            run.train();
            List<Settling.FurtherSeed> seeds = next(run);
            assertThat(seeds).isNotEmpty();
            added = run.add(seeds);
            assertThat(added).isEqualTo(seeds.size());
            assertThat(run.add(seeds)).isEqualTo(added);
        }
        List<TrialRecord> records =
                new ResultsFolder(output).journal().records().added();
        assertThat(records).hasSize(added).allSatisfy(record -> {
            assertThat(record.isEnded()).isFalse();
            assertThat(record.origin().reason())
                    .isEqualTo("a second seed, to tell how much another seed changes an accuracy");
            assertThat(record.trial().seed()).isEqualTo(1);
        });

        CommandLineRun again = CommandLineRun.of("run", study, "--output", output);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("2 of %d trials have ended before; %d to go".formatted(2 + added, added));

        records = new ResultsFolder(output).journal().records().added();
        assertThat(records).hasSize(added).allMatch(TrialRecord::isEnded);
        CommandLineRun status = CommandLineRun.of("status", study, "--output", output, "--format", "json");
        assertThat(status.out()).contains("\"trials\" : " + (2 + added)).contains("\"ended_trials\" : " + (2 + added));
    }

    @Test
    void addedSeedsOfAVariantThatLeftTheGridLeaveTheStudy() throws Exception {
        int added;
        try (StudyRun run = claim()) {
            run.resume();
            run.train();
            added = run.add(next(run));
            run.train();
            assertThat(run.results().trials()).hasSize(2 + added);
        }
        Files.writeString(study, STUDY.replace("[[4], [8]]", "[[16]]"));
        try (StudyRun run = claim()) {
            run.resume();
            run.train();
            assertThat(run.results().trials()).hasSize(1);
            assertThat(run.results().rows()).hasSize(3 + added);
        }
        assertThat(CommandLineRun.of("status", output).out())
                .contains("1 of 1 trial has ended")
                .contains("It is complete");
    }

    @Test
    void aSeedThatAnEarlierGridHadStaysWithTheStudyOnceItIsAdded() throws Exception {
        Files.writeString(study, "seeds = [0, 1]\n" + STUDY);
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Files.writeString(study, STUDY);
        int added;
        try (StudyRun shrunk = claim()) {
            shrunk.resume();
            assertThat(shrunk.results().trials()).hasSize(2);
            List<Settling.FurtherSeed> seeds = next(shrunk);
            assertThat(seeds).isNotEmpty().allMatch(seed -> seed.seed() == 1);
            added = seeds.size();
            assertThat(shrunk.add(seeds)).isZero();
            assertThat(shrunk.results().trials()).hasSize(2 + added);
        }
        try (StudyRun again = claim()) {
            again.resume();
            assertThat(again.results().trials()).hasSize(2 + added);
        }
    }

    @Test
    void settleSaysWhatASecondSeedWouldTellAndTakesNoBudgetWithoutRunning() {
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
        assertThat(run.exitCode()).as(run.err()).isZero();
        CommandLineRun settle = CommandLineRun.of("settle", output);
        assertThat(settle.exitCode()).as(settle.err()).isZero();
        assertThat(settle.out())
                .contains("Every variant has one seed: a second of the ")
                .contains("+1")
                .contains("To train them, 1 of 1 question: narrows settle " + output + " --run --budget 30m");
        CommandLineRun json = CommandLineRun.of("settle", output, "--format", "json");
        assertThat(json.out()).contains("\"about\" : \"seeds\"").contains("\"further_seeds\" : 1");

        CommandLineRun refused = CommandLineRun.of("settle", output, "--budget", "1h30m");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).isEqualToIgnoringNewLines("Cannot take --budget without --run: nothing is trained");
        CommandLineRun unreadable = CommandLineRun.of("settle", output, "--run", "--budget", "soon");
        assertThat(unreadable.exitCode()).isEqualTo(2);
        assertThat(unreadable.err()).contains("'soon' is not a time such as 2h, 90m or 1h30m");
    }
}
