package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The budget of processes that measure their own memory, as trials meet it. */
class MeasuredMemoryTest {
    @TempDir
    static Path folder;

    private static SparkConf conf(String... settings) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return conf;
    }

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    @Test
    void slotsAreWhatSparkRunsAtOnceInAProcess() {
        assertThat(ExecutorMemory.MeasuredMemory.slots(conf("spark.master", "local[3]"), 8))
                .isEqualTo(3);
        assertThat(ExecutorMemory.MeasuredMemory.slots(conf("spark.master", "local[3,2]"), 8))
                .isEqualTo(3);
        assertThat(ExecutorMemory.MeasuredMemory.slots(conf("spark.master", "local[*]"), 8))
                .isEqualTo(8);
        assertThat(ExecutorMemory.MeasuredMemory.slots(conf("spark.master", "local"), 8))
                .isEqualTo(1);
        assertThat(ExecutorMemory.MeasuredMemory.slots(conf("spark.master", "spark://h:7077"), 8))
                .isEqualTo(8);
        assertThat(ExecutorMemory.MeasuredMemory.slots(
                        conf("spark.master", "spark://h:7077", "spark.executor.cores", "6", "spark.task.cpus", "2"), 8))
                .isEqualTo(3);
        assertThat(ExecutorMemory.MeasuredMemory.slots(
                        conf("spark.master", "spark://h:7077", "spark.executor.cores", "1", "spark.task.cpus", "2"), 8))
                .isEqualTo(1);
    }

    /** A terabyte a step: whatever machine this is, it is refused before the kernel has to. */
    @Test
    void aTrialTooLargeForItsSlotEndsOutOfMemoryAndTheOthersAreTrained() throws IOException {
        Path study = Files.writeString(folder.resolve("large.conf"), """
                study = large
                question = "Does it fit?"
                data { source = "bundled:fashion-mnist", train = 2000, validation = 100, test = 50 }
                grid = [ { family = plain, stem { width = 8, kernel = 3, stride = 4 }, widths = [8], depths = [1], \
                strides = [2] },
                         { family = plain, stem { width = 40000, kernel = 1, stride = 1 }, widths = [8], depths = [1], \
                strides = [2] } ]
                training { epochs = 1, batch-size = 2000 }
                latency { for = none }
                objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
                """);
        Path output = folder.resolve("results");
        CommandLineRun run = CommandLineRun.of("run", study, "--output", output);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out() + run.err())
                .containsPattern(
                        "out-of-memory.*Cannot train in batches of 2000 images: a step needs about \\d+ MiB, and a"
                                + " slot has \\d+ MiB");
        assertThat(CommandLineRun.of("status", output).out()).contains("1 completed");
    }
}
