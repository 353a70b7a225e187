package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.narrows.data.Datasets;
import dev.narrows.data.Samples;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.results.TrialRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained weights are kept where the study says so, and leave as files that other programs run. */
class ExportTest {
    private static final String STUDY = """
            study = kept
            data { source = "bundled:fashion-mnist", train = 600, validation = 100, test = 20 }
            grid = [
              { family = bottleneck
                stem { width = 8, kernel = 3, stride = 2 }
                widths = [16, 32], depths = [1, 1], strides = [1, 2], mid-ratio = [0.25, 0.5] }
            ]
            training { epochs = 3, batch-size = 50, precision = fp32 }
            latency { for = none }
            objectives = [ { minimize = params } ]
            keep-weights = front
            """;

    @TempDir
    static Path folder;

    private static Path study;
    private static Path output;

    @BeforeAll
    static void train() throws IOException {
        LocalSpark.stop();
        study = folder.resolve("kept.conf");
        output = folder.resolve("results");
        Files.writeString(study, STUDY);
        CommandLineRun run = CommandLineRun.of("run", study.toString(), "--output", output.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static CommandLineRun export(String what, String format, Path to) {
        return CommandLineRun.of(
                "export",
                what,
                "--study",
                study.toString(),
                "--output",
                output.toString(),
                "--format",
                format,
                "--to",
                to.toString());
    }

    private static List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(output.resolve("weights"))) {
            return new ArrayList<>(files.toList());
        }
    }

    @Test
    void onlyTheWeightsOfTheFrontStay() throws IOException {
        assertThat(kept()).hasSize(1);
    }

    @Test
    void theWinnerLeavesAsTorchScript() throws IOException {
        Path file = folder.resolve("winner.pt");
        CommandLineRun run = export("bottleneck mid-ratio=0.25", "torchscript", file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(file + ": bottleneck mid-ratio=0.25, seed 0, validation accuracy ")
                .contains("input: fp32 images (N, 1, 28, 28)")
                .contains("output: a score for each of 10 classes");
        assertThat(Files.size(file)).isPositive();
    }

    /** ONNX Runtime gets the validation images right that the trial got right, by what the file says of them. */
    @Test
    void theWinnerLeavesAsOnnxWithItsTrainedWeights() throws Exception {
        Path file = folder.resolve("winner.onnx");
        CommandLineRun run = export("bottleneck mid-ratio=0.25", "onnx", file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        TrialRow row = new ResultsFolder(output)
                .journal().rows().stream()
                        .filter(trial -> trial.variant().equals("bottleneck mid-ratio=0.25"))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.result().finalValidationAccuracy()).isGreaterThan(0.3);
        Samples images = Datasets.open(row.data(), HadoopSettings.here()).validation();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        BitSet hits = new BitSet();
        try (OrtSession session = environment.createSession(file.toString())) {
            Map<String, String> notes = session.getMetadata().getCustomMetadata();
            assertThat(notes)
                    .containsEntry("narrows.trial_id", row.trialId())
                    .containsEntry("narrows.variant", row.variant());
            float mean = Float.parseFloat(notes.get("narrows.mean"));
            float deviation = Float.parseFloat(notes.get("narrows.deviation"));
            byte[] pixels = new byte[28 * 28];
            float[][][][] image = new float[1][1][28][28];
            for (int n = 0; n < images.size(); n++) {
                images.copy(n, pixels, 0);
                for (int i = 0; i < pixels.length; i++) {
                    image[0][0][i / 28][i % 28] = ((pixels[i] & 0xFF) / 255f - mean) / deviation;
                }
                try (OnnxTensor tensor = OnnxTensor.createTensor(environment, image);
                        OrtSession.Result result = session.run(Map.of("images", tensor))) {
                    float[] scores =
                            ((float[][]) result.get("scores").orElseThrow().getValue())[0];
                    int best = 0;
                    for (int c = 1; c < scores.length; c++) {
                        best = scores[c] > scores[best] ? c : best;
                    }
                    hits.set(n, best == images.label(n));
                }
            }
        }
        hits.xor(row.result().validationHits());
        assertThat(hits.cardinality()).isLessThanOrEqualTo(1);
    }

    @Test
    void whatWasNotKeptIsSaidWithCommandsThatExportIt() throws Exception {
        CommandLineRun run = export("bottleneck mid-ratio=0.5", "torchscript", folder.resolve("other.pt"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("(bottleneck mid-ratio=0.5): its weights were not kept; train it again and export that:"
                        + " narrows run " + study + " --output results/again-");
        assertThat(folder.resolve("other.pt")).doesNotExist();
        String commands = run.err().substring(run.err().indexOf("narrows run ")).strip();
        for (String command : commands.split(" && ", -1)) {
            CommandLineRun said = CommandLineRun.of(words(command));
            assertThat(said.exitCode()).as(said.err()).isZero();
        }
        assertThat(folder.resolve("other.pt")).isNotEmptyFile();
    }

    /** The words of a printed command as a shell splits them; results go to the folder of this test. */
    private static Object[] words(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command).start();
        List<String> words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(word -> word.replaceFirst("^results/again-", folder + "/again-"))
                .toList();
        assertThat(shell.waitFor()).isZero();
        assertThat(words.get(0)).isEqualTo("narrows");
        return words.subList(1, words.size()).toArray();
    }

    @Test
    void nobodyOfThatNameIsBadInput() {
        CommandLineRun run = export("zzz", "torchscript", folder.resolve("no.pt"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Cannot find 'zzz' in " + output + ": 0 of its 2 trials and 0 of its variants");
    }
}
