package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input is said in a line of its own, ends with exit code 2, and leaves nothing behind. */
class BadInputTest {
    private static final String STUDY = """
            study = tiny
            data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
            grid = [ { family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2], cardinality = 1 } ]
            latency { for = none }
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    Path folder;

    private Path study;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        study = folder.resolve("tiny.conf");
        output = folder.resolve("results");
        Files.writeString(study, STUDY);
    }

    @Test
    void aFileThatIsNotThere() {
        refused("no.conf: Cannot read the study: there is no such file", "run", folder.resolve("no.conf"));
    }

    @Test
    void aPathThatNoFileCanHave() {
        refused("Cannot use the path no\0where.conf: Nul character not allowed", "plan", "no\0where.conf");
    }

    @Test
    void anEmptyName() {
        refused("Cannot find the study '': name a study file or a results folder", "plan", "");
        refused("Cannot write the file '': it has no name", "draw", study, "--to", "");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", "");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualToIgnoringNewLines("Cannot take --output '': name a results folder");
    }

    @Test
    void aPathThatTheLocaleCannotWriteComesWithAdvice() {
        InvalidPathException e = new InvalidPathException("\u00e9tude.conf", "unmappable characters");
        assertThat(UnusablePath.problem(e, "ANSI_X3.4-1968"))
                .isEqualTo("Cannot use the path \u00e9tude.conf: unmappable characters; names of files are"
                        + " ANSI_X3.4-1968 in this locale: set LC_ALL=C.UTF-8 or another locale of UTF-8");
        assertThat(UnusablePath.problem(e, "UTF-8"))
                .isEqualTo("Cannot use the path \u00e9tude.conf: unmappable characters");
    }

    @Test
    void aMisspeltKey() throws IOException {
        Files.writeString(study, STUDY.replace("cardinality", "cardinalty"));
        refused("tiny.conf: 3: Cannot take cardinalty", "run", study);
        refused("cardinality", "run", study);
    }

    @Test
    void aWrongType() {
        refused(
                "Cannot take training.epochs = many: it must be a whole number",
                "run",
                study,
                "--set",
                "training.epochs=many");
    }

    @Test
    void aFractionForAWholeNumber() {
        refused(
                "Cannot take training.epochs = 1.5: it must be a whole number",
                "run",
                study,
                "--set",
                "training.epochs=1.5");
    }

    @Test
    void aFlagForAListOfNumbers() throws IOException {
        Files.writeString(study, STUDY + "seeds = true\n");
        refused("tiny.conf: 6: Cannot take seeds = true: it must be a whole number of 64 bits", "run", study);
    }

    @Test
    void allProblemsAtOnce() throws IOException {
        Files.writeString(study, STUDY.replace("depths = [1, 1]", "depths = [1, 0.5]") + "trainin { epochs = 1 }\n");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.contains("tiny.conf: "));
    }

    @Test
    void anEmptyGrid() {
        refused("grid", "run", study, "--set", "grid=[]");
    }

    @Test
    void dataThatAreNotThere() {
        refused("nowhere", "run", study, "--set", "data.source=" + folder.resolve("nowhere"));
    }

    @Test
    void aFolderThatCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", folder.resolve("file/results"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Cannot write results into " + folder.resolve("file/results") + ": ")
                .hasLineCount(1);
    }

    @Test
    void aFolderOfAnotherStudy() throws IOException {
        try (DriverLock lock = new ResultsFolder(output).claim("other", note -> {})) {
            assertThat(lock).isNotNull();
        }
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("Cannot write the results of study tiny into " + output
                        + ": they hold study other; give another --output");
        assertThat(output.resolve("study.conf")).doesNotExist();
    }

    @Test
    void aFolderOfSomethingElse() throws IOException {
        Files.createDirectories(output);
        Files.writeString(output.resolve("letter.txt"), "Dear");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("it holds files that belong to no study").hasLineCount(1);
        assertThat(output).isDirectoryNotContaining(file -> !file.endsWith("letter.txt"));
    }

    @Test
    void aSecondDriver() {
        try (DriverLock lock = new ResultsFolder(output).claim("tiny", note -> {})) {
            assertThat(lock).isNotNull();
            CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("Cannot run study tiny into " + output + ": a driver on host ")
                    .contains(" (process " + ProcessHandle.current().pid() + ", since ")
                    .hasLineCount(1);
            assertThat(CommandLineRun.of("status", output).out()).contains("A driver on host ");
        }
        assertThat(CommandLineRun.of("status", output).out()).contains("tiny: 0 trials have ended");
    }

    @Test
    void aStudyWithoutData() throws IOException {
        Files.writeString(study, """
                study = tiny
                input { shape = [3, 32, 32], classes = 10 }
                grid = [ { family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2] } ]
                """);
        assertThat(CommandLineRun.of("plan", study).exitCode()).isZero();
        refused("Cannot run study tiny: it has an input to plan for, but no data to train on", "run", study);
    }

    @Test
    void aCommandOrOptionThatDoesNotExist() {
        refused(
                "Cannot take --outptu: narrows run has no such option; did you mean --output?",
                "run",
                study,
                "--outptu=x");
        refused("'broken' is not an outcome of a trial", "run", study, "--retry", "broken");
        refused(
                "a search stopped the trials that are 'paused'; --set search=none lets them go on",
                "run",
                study,
                "--retry",
                "paused");
        CommandLineRun run = CommandLineRun.of("rnu", study);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Try 'narrows --help'");
    }

    @Test
    void noSlots() {
        refused("Cannot run with --slots 0: it must be at least 1", "run", study, "--slots", "0");
        refused("Cannot run with --slots and --master", "run", study, "--slots", "2", "--master", "spark://x:7077");
    }

    @Test
    void aMasterThatIsNone() {
        LocalSpark.stop();
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output, "--master", "spork://x");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("Cannot start Spark at spork://x: ").hasLineCount(1);
        assertThat(output.resolve("trials.parquet")).doesNotExist();
    }

    @Test
    void aMasterThatDoesNotAnswer() {
        LocalSpark.stop();
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output, "--master", "spark://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Cannot start Spark at spark://127.0.0.1:1: no master answers there (127.0.0.1:1: ")
                .hasLineCount(1);
    }

    @Test
    void layersOfAVariantThatIsNotPlanned() {
        refused("Cannot find the variant 'x': none of the 1 in the plan", "plan", study, "--layers", "x");
    }

    @Test
    void aFolderWithoutAStudy() {
        CommandLineRun run = CommandLineRun.of("status", folder);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("Cannot show the status of the study in " + folder + ": it has not been run there");
    }

    @Test
    void aReportOfNothing() {
        CommandLineRun run = CommandLineRun.of("report", folder);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("Cannot report on the study in " + folder
                        + ": it has not been run there; narrows run writes its results");
    }

    /** A point that cannot be built is a rejection, which stops nothing else. */
    @Test
    void variantsThatCannotBeBuiltAreToldByPlan() {
        CommandLineRun run = CommandLineRun.of(
                "plan",
                study,
                "--output",
                output,
                "--set",
                "grid=[{ family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2],"
                        + " cardinality = [1, 3] }]");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 variant, 1 rejected").contains("3 groups");
    }

    private void refused(String message, Object... words) {
        Object[] args = new Object[words.length + 2];
        System.arraycopy(words, 0, args, 0, words.length);
        args[words.length] = "--output";
        args[words.length + 1] = output;
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(output).as("nothing half-written").doesNotExist();
    }
}
