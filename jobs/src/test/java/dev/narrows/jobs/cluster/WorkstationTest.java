package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.folder.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study on GPUs of this machine that a script declares and the processor computes: the executors, slots, shares and
 * deaths are real.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class WorkstationTest {
    private static final int TRIALS = 16;
    private static final String SECRET = "_SPARK_AUTH_SECRET=";
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final String WORKSTATION = "WorkstationProcess";

    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        study = Files.writeString(folder.resolve("study.conf"), """
                study = workstation
                data { source = "bundled:fashion-mnist", train = 1000, validation = 200, split-seed = 0 }
                grid = [ { family = residual, stem { width = 8 }, widths = [8, 16], depths = [1, 1], strides = [1, 2]
                           mid-ratio = [0.5, 1], seeds = [0, 1, 2, 3, 4, 5, 6, 7] } ]
                training { epochs = 1, batch-size = 64, learning-rate = 0.05, precision = fp32 }
                latency { for = none }
                """);
        Path script = Files.writeString(
                folder.resolve("gpus"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.resolve("tmp"));
    }

    /** Each life ends by signal 9 of another process, the last by the end of the study. */
    @Test
    void aStudyOutlivesEveryProcessOfItsAndLeavesNoneBehind() throws Exception {
        Path local = folder.resolve("local");
        assertThat(driver(local, "--slots", "2").waitFor()).as(said(local)).isZero();
        Path results = folder.resolve("results");

        Process first = driver(results, "--gpus", "all", "--trials-per-gpu", "2");
        awaitRows(results, 1, first);
        assertThat(running(EXECUTOR)).hasSize(2);
        String secret = secret();
        assertThat(commandLines(running(WORKSTATION).get(0)))
                .hasSizeGreaterThanOrEqualTo(3)
                .noneMatch(line -> line.contains(secret));
        first.destroyForcibly().waitFor();
        awaitNone();

        Process second = driver(results, "--gpus", "2", "--trials-per-gpu", "2");
        awaitRows(results, 3, second);
        running(WORKSTATION).forEach(ProcessHandle::destroyForcibly);
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(said(results))
                .contains("Cannot go on: the process of Spark's master and worker on this machine ended"
                        + " (signal 9); run the same command again to continue");
        awaitNone();

        Process third = driver(results, "--gpus", "0,1", "--trials-per-gpu", "2");
        awaitRows(results, 5, third);
        running(EXECUTOR).get(0).destroyForcibly();
        assertThat(third.waitFor()).as(said(results)).isZero();
        awaitNone();

        assertThat(SameTable.require(
                        local.resolve("trials.parquet"), results.resolve("trials.parquet"), List.of("trial_id")))
                .isEqualTo(TRIALS);
        SameTable.require(
                local.resolve("epochs.parquet"), results.resolve("epochs.parquet"), List.of("trial_id", "epoch"));
        assertThat(TableFile.read(results.resolve("trials.parquet")))
                .extracting(row -> row.get("device"))
                .containsOnly("cpu");
        assertThat(said(results))
                .contains("Starting 2 executors on GPUs 0, 1 of this machine")
                .contains("4 trials at once on 2 executors of spark://127.0.0.1:");
    }

    private Process driver(Path results, String... where) throws IOException {
        List<String> command = StandaloneCluster.javaCommand(
                "-Xmx512m", "-Dnarrows.gpu.computes-on=cpu", "-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.addAll(List.of("dev.narrows.jobs.Narrows", "run", study.toString(), "--output", results.toString()));
        command.addAll(List.of(where));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(results.getFileName() + ".txt").toFile()));
        builder.environment()
                .put("NARROWS_GPU_DISCOVERY", folder.resolve("gpus").toString());
        return builder.start();
    }

    private String said(Path results) throws IOException {
        return Files.readString(folder.resolve(results.getFileName() + ".txt"));
    }

    private void awaitRows(Path results, int rows, Process driver) throws Exception {
        await(() -> {
            boolean enough = Files.exists(results.resolve("study.conf"))
                    && new ResultsFolder(results).journal().ended().size() >= rows;
            return enough || !driver.isAlive();
        });
        assertThat(driver.isAlive()).as(said(results)).isTrue();
    }

    private void awaitNone() throws Exception {
        await(() -> ours().isEmpty());
        assertThat(ours().stream().map(WorkstationTest::line)).isEmpty();
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.startsWith("narrows-workstation"));
        }
    }

    /** Waits, at most for a minute: what comes later fails where it is asserted. */
    private static void await(BooleanSupplier held) throws InterruptedException {
        for (int look = 0; look < 600 && !held.getAsBoolean(); look++) {
            Thread.sleep(100);
        }
    }

    /** The processes whose command line names the folder of this test, or something in it. */
    private List<ProcessHandle> ours() {
        return matching(line -> line.contains(folder.toString()));
    }

    private List<ProcessHandle> running(String mainClass) {
        return matching(line -> line.contains(folder.toString()) && line.contains(mainClass));
    }

    private static List<ProcessHandle> matching(Predicate<String> wanted) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> wanted.test(line(process)))
                .toList();
    }

    private static String line(ProcessHandle process) {
        return String.join(" ", process.info().arguments().map(List::of).orElseGet(List::of));
    }

    /** The secret of the run, which the environment of its processes holds. */
    private String secret() {
        try {
            Path environment =
                    Path.of("/proc", String.valueOf(running(WORKSTATION).get(0).pid()), "environ");
            return Stream.of(Files.readString(environment).split("\0"))
                    .filter(variable -> variable.startsWith(SECRET))
                    .map(variable -> variable.substring(SECRET.length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> commandLines(ProcessHandle workstation) {
        List<ProcessHandle> processes =
                new ArrayList<>(workstation.descendants().toList());
        processes.add(workstation);
        return processes.stream().map(WorkstationTest::line).toList();
    }
}
