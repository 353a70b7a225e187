package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.narrows.cost.Memory;
import dev.narrows.family.Networks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final String[][] VARIANTS = {
        {"plain", "192", "fp32", "depths = [2, 2, 2]"},
        {"residual", "192", "fp32", "{}"},
        {"bottleneck", "192", "fp32", "depths = [2, 2, 2]"},
        {"bottleneck", "192", "bf16", "depths = [2, 2, 2], cardinality = 4"},
        {"bottleneck", "128", "fp32", "norm = none, widths = [64, 256, 1024]"},
        {"inception", "192", "fp32", "{}"},
        {"depthwise-separable", "192", "bf16", "{}"},
        {"inverted-bottleneck", "128", "fp32", "{}"},
        {"dense", "64", "fp32", "{}"},
        {"convnext", "192", "fp32", "{}"},
    };

    private static List<Long> measured() throws IOException, InterruptedException {
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
        for (String[] variant : VARIANTS) {
            command.addAll(List.of(variant));
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

    @Test
    @EnabledOnOs(OS.LINUX)
    void estimateIsWithinAQuarterOfTheMeasuredPeak() throws IOException, InterruptedException {
        List<Long> measured = measured();
        assertThat(measured).hasSize(VARIANTS.length);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < VARIANTS.length; i++) {
            String[] variant = VARIANTS[i];
            Networks.Network network = Networks.defaults(variant[0], TrainingMemory.INPUT, TrainingMemory.CLASSES)
                    .with(variant[3]);
            long estimate = Memory.trainingBytes(
                    network.layer(),
                    network.input(),
                    Integer.parseInt(variant[1]),
                    variant[2].equals("fp32") ? 4 : 2,
                    1);
            softly.assertThat(estimate).as(String.join(" ", variant)).isCloseTo(measured.get(i), withinPercentage(25));
        }
        softly.assertAll();
    }
}
