package dev.narrows.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faulty disks end a run with one message and nothing half-written, and the same command continues. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultyDiskTest {
    private static final String STUDY = """
            study = disk
            data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
            grid = [ { family = residual, stem { width = 4 }, widths = [4], depths = [1], strides = [2], seeds = [0, \
            1, 2, 3, 4, 5] } ]
            training { epochs = 1, batch-size = 50, precision = fp32 }
            latency { for = none }
            """;

    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        LocalSpark.stop();
        study = Files.writeString(folder.resolve("disk.conf"), STUDY);
    }

    @AfterEach
    void stop() {
        LocalSpark.stop();
    }

    @Test
    void aTruncatedFileIsNamedAndItsTrialRunsAgain() throws Exception {
        Path output = folder.resolve("results");
        assertThat(run(output).exitCode()).isZero();
        Path file = rows(output).get(0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        CommandLineRun run = run(output);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .containsOnlyOnce(file.getFileName().toString())
                .contains("; its trials run again")
                .contains("5 of 6 trials have ended before; 1 to go");
        assertThat(Files.size(file)).isGreaterThan(whole.length / 2);
    }

    @Test
    void aFullDiskIsSaidOnceAndWithRoomTheRunGoesOn() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                does("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
                "only root may mount a small disk");
        try {
            Path output = disk.resolve("results");
            CommandLineRun full = run(output);
            assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
            assertThat(full.err()).containsOnlyOnce("No space left on device").doesNotContain("\tat ");
            assertThat(does("mount", "-o", "remount,size=50m", disk.toString())).isTrue();
            CommandLineRun roomy = run(output);
            assertThat(roomy.exitCode()).as(roomy.err()).isZero();
            assertThat(rows(output)).hasSize(6);
        } finally {
            assertThat(does("umount", "-l", disk.toString())).isTrue();
        }
    }

    @Test
    void aFolderThatMayNoLongerBeWrittenIsSaidOnceAndTheRunGoesOnLater() throws Exception {
        Path output = folder.resolve("results");
        Path journal = Files.createDirectories(output.resolve("_journal"));
        Files.writeString(output.resolve("_study"), "disk\n");
        assumeTrue(does("chattr", "+i", journal.toString()), "this disk cannot be closed for root");
        CommandLineRun closed;
        try {
            closed = run(output);
        } finally {
            assertThat(does("chattr", "-i", journal.toString())).isTrue();
        }
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.err()).containsOnlyOnce("Operation not permitted").doesNotContain("\tat ");
        assertThat(rows(output)).isEmpty();
        CommandLineRun opened = run(output);
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(rows(output)).hasSize(6);
    }

    private CommandLineRun run(Path output) {
        return CommandLineRun.of("run", study, "--output", output, "--slots", "1");
    }

    private static List<Path> rows(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output.resolve("_journal"))) {
            return files.filter(file -> file.getFileName().toString().matches("[a-z0-9]+\\.parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean does(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
