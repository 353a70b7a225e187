package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.results.TrialRow;
import dev.narrows.study.LatencyRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for Spark shows each folder of results for itself, by its own trainings and its own latencies. */
class SparkExampleTest {
    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    void twoFoldersWithTheSameVariantAreNotMixed() throws Exception {
        PythonEnvironment python = PythonEnvironment.of("jobs/src/test/hadoop/requirements.txt");
        LocalSpark.stop();
        run("fast", "plain, widths = [4], depths = [1], strides = [4]", "bundled:fashion-mnist", "[torch, onnx]");
        run("slow", "plain, widths = [4], depths = [1], strides = [4]", "bundled:fashion-mnist", "[torch]");
        run("masks", "u-net, base-width = 4, depth = [1, 2]", "bundled:cells", "[torch]");
        PythonEnvironment.Run run = python.run(
                Path.of("../notebooks/spark-example.py"), Duration.ofMinutes(3), folder.resolve("results") + "/*");
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String name : new String[] {"fast", "slow"}) {
            TrialRow row = journal(name).journal().rows().get(0);
            double accuracy = Objects.requireNonNull(row.result().finalValidationAccuracy());
            assertThat(run.out())
                    .containsPattern("\\|%s +\\|plain +\\|plain +\\|1 +\\|accuracy\\|%s +\\|%d *\\|%d *\\|%.1f *\\|"
                            .formatted(
                                    name,
                                    String.format(Locale.ROOT, "%.4f", accuracy).replaceFirst("0+$", ""),
                                    row.cost().params(),
                                    row.cost().macs(),
                                    torchMedian(name)));
        }
        TrialRow best = journal("masks").journal().rows().stream()
                .max(Comparator.comparingDouble(
                        row -> Objects.requireNonNull(row.result().finalValidationOverlap())
                                .meanIou()))
                .orElseThrow();
        assertThat(run.out())
                .containsPattern("\\|masks +\\|u-net +\\|%s *\\|1 +\\|mean IoU\\|".formatted(best.variant()));
        assertThat(run.out().lines().filter(line -> line.contains("plain") || line.contains("u-net")))
                .hasSize(3);
    }

    private ResultsFolder journal(String name) {
        return new ResultsFolder(folder.resolve("results").resolve(name));
    }

    private double torchMedian(String name) {
        return journal(name).journal().latency().stream()
                .filter(row -> row.batchSize() == 1 && row.runtime() == LatencyRuntime.TORCH)
                .mapToDouble(row -> Math.rint(row.p50Micros()))
                .findFirst()
                .orElseThrow();
    }

    private void run(String name, String grid, String source, String runtimes) throws Exception {
        Path study = Files.writeString(
                folder.resolve(name + ".conf"), """
                study = same
                data { source = "%s", train = 40, validation = 40, test = 8 }
                grid = [ { family = %s } ]
                training { epochs = %d, batch-size = 8, precision = fp32 }
                latency { batch-sizes = [1], runtimes = %s
                  minimum-samples = 10, minimum-time = 0.05 s, maximum-time = 0.1 s }
                """.formatted(source, grid, name.equals("fast") ? 1 : 2, runtimes));
        CommandLineRun run = CommandLineRun.of(
                "run", study, "--output", folder.resolve("results").resolve(name));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }
}
