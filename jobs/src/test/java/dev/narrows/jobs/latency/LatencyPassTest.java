package dev.narrows.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.checkpoint.CheckpointInterval;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.folder.DriverLock;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.host.HostLock;
import dev.narrows.jobs.output.RunResults;
import dev.narrows.jobs.pass.Cancellation;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.jobs.pass.RunPass;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.reading.StudyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The latency pass as a user meets it: its waits, its failures, and what they leave behind. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LatencyPassTest {
    private static final String STUDY = """
            study = timed
            data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 20 }
            grid = [ { family = bottleneck, widths = [8, 16], depths = [1, 1], strides = [1, 2] } ]
            latency { for = all, batch-sizes = [1], minimum-samples = 10, minimum-time = 0.05 s, maximum-time = 0.1 s }
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    void theDriverSaysForWhomAPassWaitsByWhatItsProbeHasWritten() throws Exception {
        Path study = Files.writeString(folder.resolve("timed.conf"), STUDY);
        Path output = folder.resolve("results");
        Path news = output.resolve("_latency");
        CompletableFuture<CommandLineRun> run;
        try (HostLock busy = HostLock.forTrial("of somebody else")) {
            assertThat(busy).isNotNull();
            run = CompletableFuture.supplyAsync(
                    () -> CommandLineRun.of("latency", study.toString(), "--output", output.toString()));
            while (!Files.exists(news) && !run.isDone()) {
                Thread.sleep(50);
            }
            // The driver looks once a second.
            Thread.sleep(3000);
        }
        CommandLineRun ended = run.get();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err())
                .contains("Latency is measured while nothing else runs on its host; waiting for ")
                .contains("trains study of somebody else")
                .contains(" on " + dev.narrows.engine.Host.name());
        assertThat(news).doesNotExist();
        assertThat(output.resolve("latency.parquet")).exists();
    }

    /** A folder lies where a row is to go, so its file cannot be written, while those of the other network can. */
    @Test
    void aPassThatFailsKeepsWhatItHasMeasuredAndLeavesTables() throws Exception {
        Path study = Files.writeString(folder.resolve("fails.conf"), STUDY.replace("timed", "fails"));
        Path output = folder.resolve("fails");
        String[] twoNetworks = {
            "--set", "grid=[{family=bottleneck, widths=[[8,16],[8,24]], depths=[1,1], strides=[1,2]}]"
        };
        CommandLineRun trained = CommandLineRun.of("run", study, "--output", output, twoNetworks[0], twoNetworks[1]);
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        List<Path> rows = latencyRows(output);
        assertThat(rows).hasSize(2);
        for (Path row : rows) {
            Files.delete(row);
        }
        Files.createDirectories(rows.get(0).resolve("in the way"));
        Files.delete(output.resolve("trials.parquet"));
        Files.delete(output.resolve("report.html"));

        CommandLineRun failed = CommandLineRun.of("run", study, "--output", output, twoNetworks[0], twoNetworks[1]);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        assertThat(failed.err())
                .contains("Cannot measure latency: ")
                .contains(rows.get(0).getFileName().toString())
                .doesNotContain("\tat ");
        assertThat(output.resolve("trials.parquet")).exists();
        assertThat(Files.readString(output.resolve("report.html"))).contains("complete: all 2 trials have ended");

        Files.delete(rows.get(0).resolve("in the way"));
        Files.delete(rows.get(0));
        CommandLineRun resumed = CommandLineRun.of("run", study, "--output", output, twoNetworks[0], twoNetworks[1]);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(latencyRows(output)).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static List<Path> latencyRows(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output.resolve("_journal"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("latency-"))
                    .sorted()
                    .toList();
        }
    }

    /** Spark says "cancelled" of a job that somebody has ended on its page too. */
    @Test
    void aJobThatSomebodyElseEndsIsAFailureAndNotACancellation() throws Exception {
        CommandLineRun ended = whileItWaits("ended", () -> LocalSpark.context().cancelAllJobs());
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("Cannot measure latency: ").doesNotContain("To go on");
    }

    /**
     * Cancelled by the state of the run, whatever Spark's message says; what a second pass would begin ends at once.
     */
    @Test
    void aPassThatIsCancelledEndsInOrder() throws Exception {
        Path study = Files.writeString(folder.resolve("asked.conf"), STUDY.replace("timed", "asked"));
        PlannedStudy planned = PlannedStudy.of(StudyReader.read(study, List.of()));
        ResultsFolder results = new ResultsFolder(folder.resolve("asked"));
        StringWriter said = new StringWriter();
        Cancellation cancellation = new Cancellation();
        RunContext context = new RunContext(
                planned,
                results,
                new ExecutorMemory.MeasuredMemory(0),
                new JournalCommit(results.address(), planned.fingerprints()),
                CheckpointInterval.OFF,
                new Terminal(new PrintWriter(said), new PrintWriter(said), 100, Ansi.OFF, false),
                cancellation);
        KnownRows rows = new KnownRows(List.of(), false);
        RunPass pass = LatencyPass.ofAll(context, new RunResults(context, rows).now(false));
        assertThat(pass.isNeeded()).isTrue();
        try (DriverLock lock = results.claim("asked", note -> {});
                HostLock busy = HostLock.forTrial("of somebody else");
                Cluster cluster = Cluster.start(
                        "asked", ComputePlace.at(Optional.empty(), Optional.of(1)), 1, note -> {}, () -> false)) {
            lock.check();
            assertThat(busy).isNotNull();
            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> ends(pass, cluster));
            while (!Files.exists(folder.resolve("asked/_latency")) && !run.isDone()) {
                Thread.sleep(50);
            }
            assertThat(run).isNotDone();
            cancellation.ask();
            run.get();
            ends(pass, cluster);
        }
        assertThat(results.journal().latency()).isEmpty();
    }

    private static void ends(RunPass pass, Cluster cluster) {
        try {
            pass.run(cluster);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Interference {
        void happens() throws Exception;
    }

    private static CommandLineRun whileItWaits(String name, Interference interference) throws Exception {
        Path study = Files.writeString(folder.resolve(name + ".conf"), STUDY.replace("timed", name));
        Path output = folder.resolve(name);
        Path news = output.resolve("_latency");
        try (HostLock busy = HostLock.forTrial("of somebody else")) {
            assertThat(busy).isNotNull();
            CompletableFuture<CommandLineRun> run =
                    CompletableFuture.supplyAsync(() -> CommandLineRun.of("latency", study, "--output", output));
            while (!Files.exists(news) && !run.isDone()) {
                Thread.sleep(50);
            }
            interference.happens();
            CommandLineRun ended = run.get();
            assertThat(news).doesNotExist();
            return ended;
        }
    }
}
