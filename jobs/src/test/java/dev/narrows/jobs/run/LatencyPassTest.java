package dev.narrows.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.host.HostLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for a latency on a busy host hears for whom it waits, wherever the probe runs. */
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
                .contains("Latency is measured when nothing else runs on its host; waiting for ")
                .contains("trains study of somebody else")
                .contains(" on " + dev.narrows.engine.Host.name());
        assertThat(news).doesNotExist();
        assertThat(output.resolve("latency.parquet")).exists();
    }
}
