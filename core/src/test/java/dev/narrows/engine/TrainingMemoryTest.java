package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.narrows.cost.Memory;
import dev.narrows.family.Networks;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The estimate of training memory against the real engine's resident peak.
 *
 * <p>A process of its own trains, so that nothing but the network moves its memory: its Java heap is fixed and touched
 * beforehand. There libc maps each large tensor by itself, so that the peak is that of what lives at one time, which is
 * what the estimate is of. A trial's own process has libc keep what is freed, for speed (see {@link Natives}); the gaps
 * that this leaves depend on what the process did before, and were seen to come to as much again as the tensors.
 */
class TrainingMemoryTest {
    private record Variant(String family, int batch, Precision precision, String knobs) {
        private Program program() {
            Networks.Network network = Networks.defaults(family, TrainingMemory.INPUT, TrainingMemory.CLASSES)
                    .with(knobs);
            return Rules.training(
                    network.layer(), network.input(), Engine.elementType(precision), Engine.form("cpu", precision));
        }
    }

    private static List<Long> measured(List<Variant> variants) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx192m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingMemory.class.getName()));
        for (Variant variant : variants) {
            command.addAll(List.of(
                    variant.family(),
                    String.valueOf(variant.batch()),
                    variant.precision().name().toLowerCase(Locale.ROOT),
                    variant.knobs()));
        }
        Path errors = Files.createTempFile("training-memory", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return out.lines().map(Long::parseLong).toList();
    }

    private static void isWithinAQuarter(Variant... given) throws IOException, InterruptedException {
        List<Variant> variants = List.of(given);
        List<Long> measured = measured(variants);
        assertThat(measured).hasSize(variants.size());
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            softly.assertThat(Memory.trainingBytes(variant.program(), variant.batch(), 1))
                    .as(variant.toString())
                    .isCloseTo(measured.get(i), withinPercentage(25));
        }
        softly.assertAll();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void estimateIsWithinAQuarterOfTheMeasuredPeak() throws IOException, InterruptedException {
        isWithinAQuarter(
                new Variant("plain", 192, Precision.FP32, "depths = [2, 2, 2]"),
                new Variant("residual", 192, Precision.FP32, "{}"),
                new Variant("bottleneck", 192, Precision.FP32, "depths = [2, 2, 2]"),
                new Variant("bottleneck", 128, Precision.FP32, "norm = none, widths = [64, 256, 1024]"),
                new Variant("inception", 192, Precision.FP32, "{}"),
                new Variant("inverted-bottleneck", 128, Precision.FP32, "{}"),
                new Variant("dense", 64, Precision.FP32, "{}"),
                new Variant("convnext", 192, Precision.FP32, "{}"));
    }

    /** Skipped where bf16 is emulated: the library's scratch space then holds fp32 copies of what a step reads. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void inBf16TooWhereTheProcessorComputesIt() throws IOException, InterruptedException {
        assumeThat(Processor.here().kind().bf16()).as("bf16 on this processor").isNotEqualTo(Bf16.EMULATED);
        isWithinAQuarter(
                new Variant("bottleneck", 192, Precision.BF16, "depths = [2, 2, 2], cardinality = 4"),
                new Variant("depthwise-separable", 192, Precision.BF16, "{}"));
    }
}
