package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.TablesWriter;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.results.Journal;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Variant;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A study is named by its file or by its results folder, to every command. The trials are made up, the rest is real.
 */
class StudyPlaceTest {
    private static final String STUDY = """
            study = placed
            question = "Which is it?"
            data { source = "bundled:fashion-mnist", train = 200, validation = 100, test = 50 }
            grid = [ { family = bottleneck, stem { width = 8, kernel = 3, stride = 2 }, widths = [16, 32], depths = \
            [1, 1]
                       strides = [1, 2], mid-ratio = [0.25, 0.5], seeds = [0, 1] } ]
            training { epochs = 1, batch-size = 50, precision = fp32 }
            latency { for = none }
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    private Path folder;

    private Path file;
    private Path output;
    private List<Trial> trials = List.of();

    @BeforeEach
    void ranAllButOne() throws IOException {
        file = Files.writeString(folder.resolve("placed.conf"), STUDY);
        output = folder.resolve("results");
        Study study = StudyReader.read(file, List.of());
        PlannedStudy planned = PlannedStudy.of(study);
        trials = planned.trials(Precision.FP32);
        Map<String, Variant> variants = planned.variantsById();
        ResultsFolder results = new ResultsFolder(output);
        List<TrialRow> rows = new ArrayList<>();
        try (DriverLock lock = results.claim(study.name(), note -> {})) {
            lock.check();
            results.keepStudy(study.resolved());
            results.keepTrials(trials.stream().map(Trial::id).toList(), Set.of());
            Journal journal = results.journal();
            for (Trial trial : trials.subList(0, trials.size() - 1)) {
                Variant variant = variants.get(trial.variantId());
                int right = variant.label().contains("0.25") ? 60 : 70 + (int) trial.seed();
                rows.add(
                        TrialRow.of(trial, variant.cost(), result(trial, right)).withData("f00d"));
            }
            rows.forEach(journal::commit);
            new TablesWriter(results, study.name(), planned.plan()).write(rows, Map.of());
        }
    }

    private static TrialResult result(Trial trial, int right) {
        BitSet hits = new BitSet();
        hits.set(0, right);
        return new TrialResult(
                trial.id(),
                Outcome.COMPLETED,
                null,
                List.of(new Epoch(1, 0.5, 0.5, 0.5, right / 100.0, null, 0.1, null, 1, 0.1, null)),
                0.5,
                null,
                null,
                hits,
                null,
                1.0,
                100.0,
                0.1,
                null,
                null,
                new Environment("host", "processor", "cpu", "fp32", 1, "narrows=1"),
                null,
                1,
                2);
    }

    private void onlyPublicTables() throws IOException {
        try (Stream<Path> all = Files.walk(output)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                if (output.relativize(path).toString().startsWith("_")) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String out(Object... words) {
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"best", "status"})
    void aFileAndItsFolderGiveTheSameWords(String command) {
        String words = out(command, output);
        assertThat(words).contains("mid-ratio=0.5");
        assertThat(out(command, file, "--output", output)).isEqualTo(words);
    }

    @Test
    void everyCommandTakesAFolder() throws IOException {
        assertThat(out("plan", output)).contains("2 variants").contains("1 trial to run");
        assertThat(out("draw", output, trials.get(0).variantId())).contains("<svg");
        assertThat(out("report", output)).contains("Report: " + output + "/report.html");
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("stopped: 3 of 4 trials have ended")
                .contains("Which is it?");
        assertThat(out("compare", output, output)).contains("mean of 1 of the 2 variants in both");
        assertThat(out("show", trials.get(0).id(), "--in", output))
                .contains("narrows run " + output + "/study.conf --output");
        assertThat(CommandLineRun.of(
                                "export",
                                trials.get(0).id(),
                                "--study",
                                output,
                                "--format",
                                "onnx",
                                "--to",
                                folder.resolve("x.onnx"))
                        .err())
                .contains("its weights were not kept");
        CommandLineRun latency = CommandLineRun.of("latency", output);
        assertThat(latency.exitCode()).isEqualTo(2);
        assertThat(latency.err()).contains(output + "/study.conf: Cannot measure latency: latency.for is none");
        assertThat(out("doctor", output)).contains("2 variants").contains("Results can be written into " + output);
    }

    @Test
    void whatGoesBeforeTheFileCountsWhereverAFileIsTaken() {
        assertThat(out("best", file, "--output", output, "--set", "objectives=[{minimize=params}]"))
                .contains("the lowest params of 2 variants");
        assertThat(out("best", output)).contains("the highest validation_accuracy of 2 variants");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "run", "status", "report", "best", "latency", "draw", "doctor"})
    void aFolderTakesNoSettingsAndNoOtherFolder(String command) throws IOException {
        byte[] before = Files.readAllBytes(output.resolve("study.conf"));
        CommandLineRun set = CommandLineRun.of(command, output, "--set", "training.epochs=2");
        assertThat(set.exitCode()).isEqualTo(2);
        assertThat(set.out()).isEmpty();
        assertThat(set.err())
                .isEqualToIgnoringNewLines("Cannot take --set training.epochs=2 with the results folder " + output
                        + ": its study is the one that was run; name the study file instead");
        CommandLineRun elsewhere = CommandLineRun.of(command, output, "--output", folder.resolve("other"));
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.err())
                .startsWith("Cannot take --output " + folder.resolve("other") + " with the results folder " + output)
                .hasLineCount(1);
        assertThat(Files.readAllBytes(output.resolve("study.conf"))).isEqualTo(before);
    }

    @Test
    void exportTakesNoSettingsWithAFolder() {
        CommandLineRun export = CommandLineRun.of(
                "export",
                trials.get(0).id(),
                "--study",
                output,
                "--set",
                "keep-weights=all",
                "--format",
                "onnx",
                "--to",
                folder.resolve("x.onnx"));
        assertThat(export.exitCode()).isEqualTo(2);
        assertThat(export.err())
                .startsWith("Cannot take --set keep-weights=all with")
                .hasLineCount(1);
    }

    @Test
    void publicTablesAloneGiveTheSameChoiceAndSayWhatTheyLack() throws IOException {
        String whole = out("best", output);
        onlyPublicTables();
        CommandLineRun best = CommandLineRun.of("best", output);
        assertThat(best.exitCode()).as(best.err()).isZero();
        assertThat(best.out() + "1 of 4 trials have not ended; their results may change this choice\n")
                .isEqualTo(whole);
        assertThat(best.err())
                .isEqualToIgnoringNewLines(output
                        + " holds only the public tables of a study: they do not say which of its"
                        + " trials have not ended, or which are not in its current grid");
        assertThat(out("compare", output, output)).contains("mean of 1 of the 2 variants in both");
        assertThat(out("show", trials.get(0).id(), "--in", output)).contains("Run it again:");
        assertThat(out("status", output))
                .startsWith("placed: 3 trials have ended")
                .doesNotContain("It is complete");
        out("report", output);
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("3 trials have ended; the public tables do not say how many were planned");
    }

    @Test
    void publicTablesWithoutTheirStudyAreChosenFromByAccuracyParamsAndMacs() throws IOException {
        onlyPublicTables();
        Files.delete(output.resolve("study.conf"));
        assertThat(out("best", output))
                .contains("the highest validation_accuracy of 2 variants")
                .contains("macs");
        CommandLineRun report = CommandLineRun.of("report", output);
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.err()).contains("Cannot read the study in " + output + ": its study.conf is not there");
    }
}
