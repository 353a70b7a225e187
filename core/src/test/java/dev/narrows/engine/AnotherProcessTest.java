package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Precision;
import dev.narrows.trial.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same trial in a process of its own gives the same bits. */
class AnotherProcessTest {
    private static final String MARK = "bits: ";

    /** Program of the other process: runs one trial and prints its bits. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println(MARK + bits(Precision.valueOf(arguments[0])));
        }
    }

    private static String bits(Precision precision) {
        Trial trial =
                TrialRunnerTest.trial(SmallNetworks.bottleneck(), 5, TrialRunnerTest.training(2, precision, 0.05, 0));
        return TrialRunnerTest.bits(
                        new TrialRunner(Engine.start(1)).run(trial, TrialRunnerTest.DATA, "cpu", Watch.none()))
                .toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void sameBitsInAnotherProcess(Precision precision) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-DOPT_OUT_TRACKING=true",
                        "-Dai.djl.offline=true",
                        Program.class.getName(),
                        precision.name()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(printed.lines().filter(line -> line.startsWith(MARK))).containsExactly(MARK + bits(precision));
    }
}
