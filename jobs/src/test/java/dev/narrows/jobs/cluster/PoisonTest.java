package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.engine.Host;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.run.PoisonedStudy;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials that kill their process are found out, and nobody else is blamed. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PoisonTest {
    @TempDir
    Path folder;

    @Test
    void inLocalModeTheLauncherStartsAgainUntilTheCulpritsAreKnown() throws Exception {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(launcher().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("PATH", folder.resolve("tools") + File.pathSeparator + System.getenv("PATH"));
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().remove("JAVA_HOME");
        Process run = builder.start();
        try {
            assertThat(run.waitFor()).as(() -> text(said)).isZero();
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly();
        }
        Map<String, TrialResult> rows = new RowFiles(folder.resolve("rows").toString()).all();
        innocentsCompleted(rows);
        crashed(
                rows,
                "abort",
                "its process died 2 times with nothing else running: signal 6 (SIGABRT) on " + Host.name());
        crashed(rows, "exit", "its process died 2 times with nothing else running: exit code 3 on " + Host.name());
        hung(rows, "loop");
        assertThat(rows.get("nan").outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(rows).hasSize(PoisonMain.INNOCENTS + 4);
        assertThat(text(said))
                .contains("narrows: Java died of signal 6 while trials ran; starting again")
                .contains("narrows: starting again without the hanging trials");
    }

    @Test
    void onAClusterTheCulpritsAreKnownByHostAndSignal() throws Exception {
        LocalSpark.stop();
        RowFiles rows = new RowFiles(folder.resolve("rows").toString());
        try (StandaloneCluster cluster =
                        StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, 2, 0);
                JavaSparkContext spark = new JavaSparkContext(cluster.conf())) {
            int code = PoisonedStudy.run(
                    spark,
                    folder,
                    PoisonMain.trials(List.of("abort", "memory", "native", "silent", "nan", "cuda")),
                    new Poison(),
                    rows,
                    rows::kept);
            assertThat(code).isZero();
        }
        innocentsCompleted(rows.all());
        crashed(
                rows.all(),
                "abort",
                "its process died 2 times with nothing else running: signal 6 (SIGABRT) on 127.0.0.1");
        crashed(
                rows.all(),
                "memory",
                "its process died 4 times with nothing else running: signal 9 (SIGKILL) on 127.0.0.1");
        crashed(
                rows.all(),
                "cuda",
                "its process died 2 times with nothing else running: exit code 76 (a CUDA error, after"
                        + " which nothing runs on the GPU in that process) on 127.0.0.1");
        // The poison of these tests gives its process for its host, and no processor.
        assertThat(rows.all().get("abort").environment().host()).matches("127.0.0.1|\\d+");
        assertThat(rows.all().get("abort").environment().processor()).isEmpty();
        hung(rows.all(), "native");
        assertThat(rows.all().get("silent").outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(rows.all().get("silent").message())
                .isEqualTo("Cannot go on training: no batch for 4 s; its process was ended");
        assertThat(rows.all().get("nan").outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(rows.all()).hasSize(PoisonMain.INNOCENTS + 6);
    }

    private static void innocentsCompleted(Map<String, TrialResult> rows) {
        assertThat(rows.entrySet().stream().filter(row -> row.getKey().matches("t\\d+")))
                .hasSize(PoisonMain.INNOCENTS)
                .allMatch(row -> row.getValue().outcome() == Outcome.COMPLETED);
    }

    private static void crashed(Map<String, TrialResult> rows, String id, String message) {
        assertThat(rows.get(id).outcome()).isEqualTo(Outcome.CRASHED);
        assertThat(rows.get(id).message()).isEqualTo(message);
    }

    private static void hung(Map<String, TrialResult> rows, String id) {
        assertThat(rows.get(id).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(rows.get(id).message())
                .startsWith("Cannot go on training: no batch for 2.0 s beyond the limit of 1.0 s");
    }

    /** The real launcher, in front of a Java that runs this test's driver. */
    private Path launcher() throws IOException {
        Path launcher = folder.resolve("checkout/bin/narrows");
        Files.createDirectories(launcher.getParent());
        Files.copy(Path.of("../bin/narrows"), launcher);
        Files.createDirectories(folder.resolve("checkout/jobs/target"));
        Files.createFile(folder.resolve("checkout/jobs/target/narrows.jar"));
        Path java = Files.createDirectory(folder.resolve("tools")).resolve("java");
        String command = String.join(" ", StandaloneCluster.javaCommand("-Xmx512m", "$running"));
        Files.writeString(java, """
                #!/bin/sh
                [ "$1" = -version ] && { echo 'openjdk version "17.0.1"' >&2; exit 0; }
                for word; do case $word in -Dnarrows.running=*) running=$word;; esac; done
                exec %s dev.narrows.jobs.cluster.PoisonMain %s abort exit loop nan
                """.formatted(command, folder));
        for (Path file : List.of(launcher, java)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return launcher;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
