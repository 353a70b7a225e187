package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A part that GPUs need and that is missing is named in one line, with exit code 2, and nothing is computed on the
 * processor instead.
 */
class GpuOptionsTest {
    private final Set<String> before = new TreeSet<>(System.getProperties().stringPropertyNames());

    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        study = Files.writeString(folder.resolve("tiny.conf"), """
                study = tiny
                data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
                grid = [ { family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2] } ]
                training { epochs = 1, precision = fp32 }
                latency { for = none }
                """);
    }

    @AfterEach
    void forget() {
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> !before.contains(key))
                .forEach(System::clearProperty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "latency", "plan", "doctor"})
    void withoutAGpuTheReasonIsTheScripts(String command) throws IOException {
        discovery("echo 'there is no NVIDIA driver here' >&2; exit 1");
        refused("Cannot use --gpus all: there is no NVIDIA driver here", command, study, "--gpus", "all");
    }

    @Test
    void addressesThatAreNotThereAreRefusedWithThoseThatAre() throws IOException {
        two();
        refused("Cannot use --gpus 0,3: the GPUs of this machine are 0, 1", "run", study, "--gpus", "0,3");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() throws IOException {
        two();
        System.setProperty("narrows.gpu.computes-on", "cpu");
        refused(
                "Cannot run with --gpus and --master: --gpus starts executors on this machine",
                "run",
                study,
                "--gpus",
                "all",
                "--master",
                "spark://h:1");
        refused(
                "Cannot run with --slots and --gpus: --trials-per-gpu says how many trials run at once",
                "run",
                study,
                "--gpus",
                "all",
                "--slots",
                "2");
        refused("Cannot take --trials-per-gpu 2 without --gpus", "run", study, "--trials-per-gpu", "2");
        refused(
                "Cannot take --trials-per-gpu many: it must be a whole number, or auto",
                "plan",
                study,
                "--gpus",
                "all",
                "--trials-per-gpu",
                "many");
        refused(
                "Cannot run with --trials-per-gpu 0: it must be at least 1",
                "doctor",
                "--gpus",
                "all",
                "--trials-per-gpu",
                "0");
        System.setProperty("spark.master", "yarn");
        refused(
                "Cannot run with --gpus at master yarn: --gpus starts executors on this machine; a"
                        + " cluster's GPUs are asked for by spark.task.resource.gpu.amount",
                "run",
                study,
                "--gpus",
                "all");
    }

    @Test
    void aPlanCountsTheSlotsOfItsGpus() throws IOException {
        two();
        System.setProperty("narrows.gpu.computes-on", "cpu");
        CommandLineRun run = CommandLineRun.of("plan", study, "--gpus", "all", "--trials-per-gpu", "3");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(" on 6 slots of GPUs 0, 1, then ");
    }

    /** Nobody knows the memory of declared GPUs. */
    @Test
    void anAutomaticNumberIsOneWhereTheMemoryOfTheGpusIsNotKnown() throws IOException {
        two();
        System.setProperty("narrows.gpu.computes-on", "cpu");
        CommandLineRun run = CommandLineRun.of("plan", study, "--gpus", "all", "--trials-per-gpu", "auto");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(" on 2 slots of GPUs 0, 1, then ");
    }

    @Test
    void gpusThatNobodyAskedForAreNamed() throws IOException {
        two();
        CommandLineRun run = CommandLineRun.of("doctor");
        assertThat(run.out())
                .contains(
                        "This machine has 2 GPUs, and trials run on its processor: --gpus all uses them (docs/gpu.md)");
        CommandLineRun study = CommandLineRun.of("run", this.study, "--output", folder.resolve("results"));
        assertThat(study.exitCode()).as(study.err()).isZero();
        assertThat(study.err())
                .contains(
                        "This machine has 2 GPUs, and trials run on its processor: --gpus all uses them (docs/gpu.md)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "latency", "doctor"})
    void aClusterFileThatAsksForExecutorsNeedsAMaster(String command) {
        refused(
                "Cannot compute inside this process: spark.executor.resource.gpu.amount,"
                        + " spark.task.resource.gpu.amount ask for executors of a cluster, and no master is named;"
                        + " add --master URL or spark.master",
                command,
                study,
                "--cluster",
                "../conf/clusters/standalone-gpu.conf");
    }

    @Test
    void aClusterFileForFileSystemsNeedsNone() throws IOException {
        Path file = Files.writeString(
                folder.resolve("s3.conf"), "spark.hadoop.fs.s3a.endpoint https://h\nspark.executor.memory 1g\n");
        CommandLineRun run = CommandLineRun.of("doctor", "--cluster", file);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private void two() throws IOException {
        discovery("echo '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'");
    }

    private void discovery(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("gpus"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("narrows.gpu.discovery", file.toString());
    }

    private void refused(String message, Object... command) {
        List<Object> words = new ArrayList<>(Arrays.asList(command));
        words.addAll(List.of("--output", folder.resolve("results")));
        CommandLineRun run = CommandLineRun.of(words.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).isEqualToIgnoringNewLines(message);
        assertThat(folder.resolve("results")).doesNotExist();
    }
}
