package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results of the shipped study that compares blocks, trained on a few images only: run once for all tests of this
 * process, and not to be changed by any. Seven variants, one of them over a limit, three seeds each.
 */
final class SmallStudy {
    static final Path CONF = Path.of("../conf/studies/choosing-a-block.conf");

    private static @Nullable Path results;

    private SmallStudy() {}

    static synchronized Path results() {
        if (results == null) {
            // Surefire runs test classes in two processes at once.
            Path folder = Path.of(System.getenv().getOrDefault("NARROWS_HOST_FOLDER", "target/host-1") + "-small-study")
                    .toAbsolutePath();
            delete(folder);
            LocalSpark.stop();
            CommandLineRun run = CommandLineRun.of(
                    "run",
                    CONF,
                    "--output",
                    folder,
                    "--set",
                    "data.train=200",
                    "--set",
                    "data.validation=200",
                    "--set",
                    "data.test=50",
                    "--set",
                    "training.epochs=2",
                    "--set",
                    "training.learning-rate=0.1",
                    "--set",
                    "limits.macs=4330000",
                    "--set",
                    "latency.minimum-samples=10",
                    "--set",
                    "latency.minimum-time=0.05 s",
                    "--set",
                    "latency.maximum-time=0.1 s");
            assertThat(run.exitCode()).as(run.err()).isZero();
            results = folder;
        }
        return results;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
