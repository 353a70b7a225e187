package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        study = folder.resolve("tiny.conf");
        Files.writeString(study, """
                study = tiny
                data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 50 }
                grid = [ { family = bottleneck, widths = [16, 32], depths = [1, 1], strides = [1, 2] } ]
                """);
    }

    @Test
    void aHealthyMachineIsGreenLineByLine() {
        CommandLineRun run = CommandLineRun.of("doctor", study, "--output", folder.resolve("results"));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out().lines()).hasSizeGreaterThan(3).allMatch(line -> line.startsWith("✓ "));
        assertThat(run.out())
                .contains("PyTorch 2.", "Java " + System.getProperty("java.version"), "Spark 4.")
                .contains("1 variant, and the largest trial needs about ")
                .contains("Results can be written into " + folder.resolve("results"));
    }

    @Test
    void whatIsWrongIsSaidWithWhatToDo() throws IOException {
        Files.writeString(study, Files.readString(study).replace("bundled:fashion-mnist", folder + "/nowhere"));
        Files.writeString(folder.resolve("file"), "");
        CommandLineRun run = CommandLineRun.of("doctor", study, "--output", folder.resolve("file/results"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("✗ " + study + ": Cannot open " + folder + "/nowhere: there is no such file or folder")
                .contains("✗ Cannot write results into " + folder.resolve("file/results") + ": ");
    }

    @Test
    void everyExecutorIsAsked() throws Exception {
        LocalSpark.stop();
        try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2, 1, 1)) {
            System.setProperty("spark.executor.extraClassPath", StandaloneCluster.classes());
            System.setProperty("spark.executor.memory", "512m");
            System.setProperty("spark.executor.resource.gpu.amount", "1");
            System.setProperty("spark.task.resource.gpu.amount", "1");
            CommandLineRun run = CommandLineRun.of(
                    "doctor", study, "--master", cluster.master(), "--output", folder.resolve("results"));
            assertThat(run.out())
                    .contains("gives 2 executors")
                    .contains("executor 0 on ", "executor 1 on ", ", GPU 0", ", GPU 1");
            assertThat(run.exitCode())
                    .as("the native library here is the one for processors: " + run.out())
                    .isEqualTo(1);
            assertThat(run.out()).contains("the native engine sees no GPU");
            assertThat(folder.resolve("results")).isEmptyDirectory();
        } finally {
            System.getProperties().stringPropertyNames().stream()
                    .filter(key -> key.startsWith("spark.executor.") || key.startsWith("spark.task."))
                    .forEach(System::clearProperty);
        }
    }

    @Test
    void onGpusOfThisMachineEveryExecutorIsAsked() throws IOException {
        LocalSpark.stop();
        pretend();
        try {
            CommandLineRun run = CommandLineRun.of(
                    "doctor", study, "--gpus", "all", "--trials-per-gpu", "2", "--output", folder.resolve("results"));
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out())
                    .contains("1 thread per trial, 2 trials at once on each of GPUs 0, 1")
                    .contains("gives 2 executors and 4 trials at once")
                    .contains("executor 0 on ", "executor 1 on ", ", GPU 0", ", GPU 1");
        } finally {
            forget();
        }
    }

    /** A standalone master starts another executor for each that ends, as often as they end. */
    @Test
    void executorsThatEndAsTheyStartEndTheDoctorWithTheirLastLine() throws IOException {
        LocalSpark.stop();
        pretend();
        System.setProperty("spark.executor.extraJavaOptions", "-javaagent:nowhere.jar");
        try {
            CommandLineRun run = CommandLineRun.of("doctor", "--gpus", "1");
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern("✗ Cannot start executors at spark://127\\.0\\.0\\.1:\\d+: 3 of them ended"
                            + " before their first trial, the last with: .*nowhere\\.jar.* \\(Command exited"
                            + " with code 1\\)");
        } finally {
            forget();
        }
    }

    /** Two addresses that a script declares, whose trials the processor computes. */
    private void pretend() throws IOException {
        Path script = Files.writeString(
                folder.resolve("gpus"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("narrows.gpu.discovery", script.toString());
        System.setProperty("narrows.gpu.computes-on", "cpu");
    }

    private static void forget() {
        System.clearProperty("narrows.gpu.discovery");
        System.clearProperty("narrows.gpu.computes-on");
        System.clearProperty("spark.executor.extraJavaOptions");
    }
}
