package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narrows.checkpoint.CheckpointsFolder;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.results.Journal;
import dev.narrows.trial.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose process died goes on from checkpoints, and its tables are those of a run that nobody disturbed. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GoingOnAfterDeathTest {
    private static final String STUDY = """
            study = going-on
            data { source = "bundled:fashion-mnist", train = 2000, validation = 200, test = 50 }
            grid = [ { family = residual, stem { width = 8 }
                       widths = [[8, 16]], depths = [[1, 1]], strides = [[1, 2]], seeds = %s } ]
            training { epochs = %d, batch-size = 50, precision = fp32
                       optimizer { name = adamw, learning-rate = 0.01 } }
            latency { for = none }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void stop() {
        LocalSpark.stop();
    }

    private Path study(String seeds, int epochs) throws IOException {
        return Files.writeString(folder.resolve("going-on.conf"), STUDY.formatted(seeds, epochs));
    }

    private CommandLineRun run(Path study, Path results) {
        return CommandLineRun.of("run", study, "--output", results, "--slots", "1", "--checkpoint-every", "0");
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /** A driver of its own process, ended once a checkpoint of at least two epochs is there. */
    private void endInTheMiddle(Path study, Path results, boolean kill) throws Exception {
        List<String> command = StandaloneCluster.javaCommand(
                "-Xmx512m",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.ui.enabled=false");
        command.addAll(List.of(
                "dev.narrows.jobs.Narrows",
                "run",
                study.toString(),
                "--output",
                results.toString(),
                "--slots",
                "1",
                "--checkpoint-every",
                "0"));
        Process driver = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("driver.txt").toFile())
                .start();
        CheckpointsFolder checkpoints = CheckpointsFolder.of(results.toString(), new Configuration(false));
        while (driver.isAlive() && !hasTwoEpochs(checkpoints)) {
            Thread.sleep(20);
        }
        assertThat(driver.isAlive())
                .as(Files.readString(folder.resolve("driver.txt")))
                .isTrue();
        if (kill) {
            driver.destroyForcibly();
        } else {
            driver.destroy();
        }
        driver.waitFor();
        assertThat(driver.exitValue()).isEqualTo(kill ? 137 : 130);
        assertThat(checkpoints.trialIds()).hasSize(1);
    }

    private static boolean hasTwoEpochs(CheckpointsFolder checkpoints) throws Exception {
        for (String id : checkpoints.trialIds()) {
            if (checkpoints.read(id).map(checkpoint -> checkpoint.epochs() >= 2).orElse(false)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTablesAreThoseOfAnUndisturbedRun(boolean kill) throws Exception {
        Path study = study("[0, 1]", 8);
        Path quiet = folder.resolve("quiet");
        assertThat(run(study, quiet).exitCode()).isZero();
        assertThat(files(quiet.resolve("_checkpoints"))).isEmpty();
        Path results = folder.resolve("results");
        endInTheMiddle(study, results, kill);
        String id = CheckpointsFolder.of(results.toString(), new Configuration(false))
                .trialIds()
                .get(0);
        Journal journal = Journal.open(results.toString(), new Configuration(false));
        assertThat(journal.records().state(id)).isEqualTo(TrialState.RUNNING);
        assertThat(journal.records().of(id).orElseThrow().history().epochs()).isNotEmpty();
        CommandLineRun again = run(study, results);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("1 trial goes on from its checkpoint");
        SameTable.require(quiet.resolve("trials.parquet"), results.resolve("trials.parquet"), List.of("trial_id"));
        SameTable.require(
                quiet.resolve("epochs.parquet"), results.resolve("epochs.parquet"), List.of("trial_id", "epoch"));
        Map<String, String> row = row(results, id);
        assertThat(Integer.parseInt(row.get("resumed_after_epochs"))).isBetween(2, 7);
        assertThat(Double.parseDouble(row.get("total_seconds")))
                .isGreaterThan(Double.parseDouble(row.get("earlier_seconds")));
        assertThat(row.get("restart_reason")).isEmpty();
        assertThat(files(results.resolve("_checkpoints"))).isEmpty();
        assertThat(files(results.resolve("_journal")))
                .noneMatch(file -> file.getFileName().toString().startsWith("open-"));
        assertThat(journal.records().state(id)).isEqualTo(TrialState.ENDED);
    }

    private static Map<String, String> row(Path results, String id) throws IOException {
        return TableFile.read(results.resolve("trials.parquet")).stream()
                .filter(row -> id.equals(row.get("trial_id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTruncatedCheckpointIsSaidInOneLineAndItsTrialBeginsAnew() throws Exception {
        Path study = study("[0]", 6);
        Path results = folder.resolve("results");
        endInTheMiddle(study, results, true);
        Path file = files(results.resolve("_checkpoints")).get(0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        CommandLineRun again = run(study, results);
        assertThat(again.exitCode()).as(again.err()).isZero();
        String reason = "it is cut off, after %d bytes".formatted(whole.length / 2);
        assertThat(again.err()).containsOnlyOnce("began anew, not from its checkpoint: " + reason);
        String id = file.getFileName().toString().replace(".ckpt", "");
        assertThat(row(results, id)).containsEntry("restart_reason", reason).containsEntry("resumed_after_epochs", "0");
        assertThat(files(results.resolve("_checkpoints"))).isEmpty();
    }

    @Test
    void checkpointsThatNothingNeedsAreRemovedWhenARunStarts() throws Exception {
        Path study = study("[0]", 1);
        Path results = folder.resolve("results");
        assertThat(run(study, results).exitCode()).isZero();
        Path checkpoints = Files.createDirectories(results.resolve("_checkpoints"));
        String ended = TableFile.read(results.resolve("trials.parquet")).get(0).get("trial_id");
        Files.writeString(checkpoints.resolve(ended + ".ckpt"), "of a trial that has ended");
        Files.writeString(checkpoints.resolve("abandoned.ckpt"), "of a trial that left the study");
        Files.writeString(checkpoints.resolve(".a.ckpt.0c9c8f2e-0000-4000-8000-000000000000"), "half");
        CommandLineRun again = run(study, results);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("go on from");
        assertThat(checkpoints).isEmptyDirectory();
    }

    @Test
    void withoutCheckpointsNothingIsWritten() throws Exception {
        Path results = folder.resolve("results");
        CommandLineRun run = CommandLineRun.of(
                "run", study("[0]", 3), "--output", results, "--slots", "1", "--checkpoint-every", "off");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(results.resolve("_checkpoints")).doesNotExist();
        CommandLineRun wrong = CommandLineRun.of("run", study("[0]", 3), "--checkpoint-every", "2");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("'2' is not a pause between checkpoints: 2m, 30s or 1h, 0 for every epoch, or off");
    }

    @Test
    void aFullDiskIsSaidOnceAndTheTrialsGoOn() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                does("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()),
                "only root may mount a small disk");
        try {
            Path results = disk.resolve("results");
            Path study = study("[0, 1]", 3);
            // A checkpoint has no room then, and the tables and the report have.
            Files.writeString(
                    study,
                    Files.readString(study).replace("[[8, 16]]", "[[96, 192]]").replace("train = 2000", "train = 200"));
            CommandLineRun run = run(study, results);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err())
                    .containsOnlyOnce("Cannot keep the checkpoint of")
                    .contains("No space left on device; trials go on without")
                    .doesNotContain("\tat ");
            assertThat(TableFile.read(results.resolve("trials.parquet"))).hasSize(2);
        } finally {
            assertThat(does("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static boolean does(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
