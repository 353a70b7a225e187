package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.results.Journal;
import dev.narrows.results.TrialRow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported network comes with what its user must know: what goes in, what comes out, and how good it is. */
class ExportFactsTest {
    private static final int EACH = 12;

    @TempDir
    static Path folder;

    /** Two classes of colour images, one with a comma in its name; no image has any blue. */
    private static Path images;

    private static Path pictures;
    private static Path masks;

    @BeforeAll
    static void train() throws IOException {
        LocalSpark.stop();
        images = folder.resolve("images");
        Random random = new Random(5);
        for (String name : new String[] {"cats, black", "dogs"}) {
            Path of = Files.createDirectories(images.resolve(name));
            for (int i = 0; i < EACH; i++) {
                BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < 256; pixel++) {
                    image.setRGB(pixel % 16, pixel / 16, random.nextInt(1 << 16) << 8);
                }
                ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
            }
        }
        pictures = run("pictures", """
                data { source = "%s" }
                grid = [ { family = plain, widths = [4], depths = [1], strides = [2] } ]
                """.formatted(images));
        masks = run("masks", """
                data { source = "bundled:cells", train = [8, 16], validation = 4, test = 4 }
                grid = [ { family = u-net, base-width = 4, depth = 1, padded = [true, false] } ]
                objectives = [ { maximize = validation_dice }, { minimize = macs } ]
                """);
    }

    private static Path run(String name, String study) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), """
                study = %s
                training { epochs = 1, batch-size = 8, precision = fp32 }
                latency { for = none }
                keep-weights = all
                """.formatted(name) + study);
        Path results = folder.resolve(name);
        CommandLineRun run = CommandLineRun.of("run", file, "--output", results);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return results;
    }

    private static CommandLineRun export(String what, Path results, Path to) {
        return CommandLineRun.of("export", what, "--study", results, "--format", "onnx", "--to", to);
    }

    private static TrialRow row(Path results, String label, int trained) {
        return new ResultsFolder(results)
                .journal().rows().stream()
                        .filter(row -> row.variant().equals(label))
                        .filter(row -> row.data().train().orElse(trained) == trained)
                        .findFirst()
                        .orElseThrow();
    }

    private record Written(Map<String, String> notes, long[] shape) {
        static Written in(Path file) throws OrtException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession session = environment.createSession(file.toString())) {
                TensorInfo info = (TensorInfo)
                        Objects.requireNonNull(session.getOutputInfo().get("scores"))
                                .getInfo();
                return new Written(session.getMetadata().getCustomMetadata(), info.getShape());
            }
        }
    }

    /** A program that divides by what the file says gets the numbers that training had, also where nothing varies. */
    @Test
    void aConstantChannelIsDividedByWhatTrainingDividedItBy() throws Exception {
        Path file = folder.resolve("pictures.onnx");
        CommandLineRun run = export("plain", pictures, file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("divided by 0\\.\\d{6} 0\\.\\d{6} 1\\.000000 \\(one figure per channel\\)");
        Map<String, String> notes = Written.in(file).notes();
        String[] mean = Objects.requireNonNull(notes.get("narrows.mean")).split(" ", -1);
        String[] divisor =
                Objects.requireNonNull(notes.get("narrows.deviation")).split(" ", -1);
        assertThat(mean).hasSize(3);
        assertThat(mean[2]).isEqualTo("0.0");
        assertThat(divisor).hasSize(3);
        assertThat(divisor[2]).isEqualTo("1.0");
        assertThat(divisor[0].length()).as("digits of %s", divisor[0]).isGreaterThan(10);
        assertThat(notes).containsEntry("narrows.classes", "[\"cats, black\",\"dogs\"]");
    }

    @Test
    void imagesThatChangedAreRefused() throws IOException {
        TrialRow row = row(pictures, "plain", 0);
        Journal journal = new ResultsFolder(pictures).journal();
        Path file = folder.resolve("changed.onnx");
        // Images are read once per process, so it is the row that changes here.
        journal.commit(row.withData("0".repeat(32)));
        try {
            CommandLineRun run = export(row.trialId(), pictures, file);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .isEqualToIgnoringNewLines(("Cannot export trial %s: its images have changed (%s has fingerprint %s"
                                    + " instead of %s), and with them the figures that pixels are normalised by; put"
                                    + " them back, or train it again")
                            .formatted(row.trialId(), images, row.dataFingerprint(), "0".repeat(32)));
            assertThat(file).doesNotExist();
        } finally {
            journal.commit(row);
        }
    }

    @Test
    void aNetworkForMasksSaysItsShapeAndTheMeasureOfItsStudy() throws Exception {
        Path file = folder.resolve("padded.onnx");
        CommandLineRun run = export("u-net padded=true train=16", masks, file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        TrialRow row = row(masks, "u-net padded=true", 16);
        double dice =
                Objects.requireNonNull(row.result().finalValidationOverlap()).dice();
        assertThat(run.out())
                .contains("u-net padded=true, seed 0, Dice " + Numbers.percent(dice) + "\n")
                .contains("output: (N, 2, 64, 64), a score for each of 2 classes and each position of the image: ");
        Written written = Written.in(file);
        assertThat(written.notes())
                .containsEntry("narrows.trial_id", row.trialId())
                .containsEntry("narrows.measure", "validation_dice")
                .containsEntry("narrows.final_validation_dice", Double.toString(dice))
                .containsEntry("narrows.output_shape", "[2,64,64]");
        assertThat(written.shape()).endsWith(2, 64, 64);
    }

    @Test
    void aNetworkWithoutPaddingSaysThatItLeavesOutTheRim() throws Exception {
        Path file = folder.resolve("unpadded.onnx");
        CommandLineRun run = export(row(masks, "u-net padded=false", 8).trialId(), masks, file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Written written = Written.in(file);
        long height = written.shape()[2];
        assertThat(height).isLessThan(64);
        assertThat(run.out())
                .contains("output: (N, 2, %1$d, %1$d), a score for each of 2 classes and each position of the middle of"
                                .formatted(height)
                        + " the image, %1$d x %1$d of 64 x 64: ".formatted(height));
        assertThat(written.notes()).containsEntry("narrows.output_shape", "[2,%1$d,%1$d]".formatted(height));
    }

    /** Each label that is printed names one network; a label without its number of images names none of them. */
    @Test
    void aLabelWithItsNumberOfTrainingImagesIsExported() throws Exception {
        for (int trained : new int[] {8, 16}) {
            Path file = folder.resolve("of-%d.onnx".formatted(trained));
            CommandLineRun run = export("u-net padded=true train=" + trained, masks, file);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(Written.in(file).notes())
                    .containsEntry(
                            "narrows.trial_id",
                            row(masks, "u-net padded=true", trained).trialId());
        }
        CommandLineRun run = export("u-net padded=true", masks, folder.resolve("any.onnx"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("Cannot find 'u-net padded=true' in " + masks + ": 0 of its 4 trials and 2"
                        + " of its variants with a completed trial have this label or id prefix:"
                        + " 'u-net padded=true train=8', 'u-net padded=true train=16'");
    }

    @Test
    void nothingIsTheNameOfNoTrial() {
        CommandLineRun run = export("", pictures, folder.resolve("nothing.onnx"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("Cannot find '' in " + pictures + ": 0 of its 1 trials and 0 of its variants");
    }
}
