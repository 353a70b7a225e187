package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.narrows.data.Dataset;
import dev.narrows.data.Datasets;
import dev.narrows.data.Samples;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.ImageCounts;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of masks, from its file to what it measures. */
class SegmentationTest {
    private static final String CELLS = "source = \"bundled:cells\", train = 96, validation = 16, test = 16";

    @TempDir
    Path folder;

    private List<TrialResult> run(String data, String network, String training) throws IOException {
        Path file = folder.resolve("study.conf");
        Files.writeString(file, """
                study = masks
                data { %s }
                grid = [ { family = u-net, %s } ]
                training { epochs = 8, batch-size = 8, optimizer { name = adamw, learning-rate = 0.01 }, precision = \
                fp32, %s }
                """.formatted(data, network, training));
        Study study = StudyReader.read(file, List.of());
        DataSpec spec = study.data().get(0);
        Dataset images = Datasets.open(spec, new Configuration(false));
        Study.Input input = new Study.Input(images.shape(), images.classes(), Optional.of(images.task()));
        Plan plan = Planner.plan(study, input);
        assertThat(plan.rejections()).isEmpty();
        List<TrialResult> results = new ArrayList<>();
        for (Trial trial : plan.trials(study, Map.of(spec, images.fingerprint()), Precision.FP32)) {
            TrialResult result = new TrialRunner(Engine.start(1)).run(trial, images, "cpu", Watch.none());
            assertThat(result.outcome()).as(String.valueOf(result.message())).isEqualTo(Outcome.COMPLETED);
            results.add(result);
        }
        return results;
    }

    private static double dice(Epoch epoch) {
        Overlap overlap = epoch.validationOverlap();
        assertThat(overlap).isNotNull();
        assertThat(overlap.meanIou()).isBetween(0.0, overlap.dice());
        return overlap.dice();
    }

    private static void learnt(TrialResult result, double least) {
        List<Epoch> epochs = result.epochs();
        Epoch last = epochs.get(epochs.size() - 1);
        assertThat(last.trainLoss()).isLessThan(epochs.get(0).trainLoss());
        assertThat(dice(last)).isGreaterThan(least);
        assertThat(result.testOverlap()).isNotNull();
        assertThat(result.validationHits()).isNull();
        assertThat(result.validationClasses()).isNull();
        assertThat(sums(counts(result)))
                .isEqualTo(List.of(
                        Objects.requireNonNull(last.validationOverlap()),
                        last.validationAccuracy(),
                        Objects.requireNonNull(result.validationBalancedAccuracy())));
    }

    private static ImageCounts counts(TrialResult result) {
        return Objects.requireNonNull(result.validationCounts());
    }

    /** The overlap, the accuracy and the balanced accuracy that follow from counts. */
    private static List<Object> sums(ImageCounts counts) {
        long[] shared = new long[counts.classes()];
        long[] truth = new long[counts.classes()];
        long[] found = new long[counts.classes()];
        counts.each((image, label, both, ofTruth, ofFound) -> {
            shared[label] += both;
            truth[label] += ofTruth;
            found[label] += ofFound;
        });
        return List.of(
                Overlap.of(shared, truth, found),
                (double) LongStream.of(shared).sum() / LongStream.of(truth).sum(),
                Evaluation.balanced(shared, truth));
    }

    /** Positions of each class in each validation image, by its mask. */
    private static List<List<Integer>> masks(DataSpec spec, int classes) {
        Samples samples = Datasets.open(spec, new Configuration(false)).validation();
        List<List<Integer>> all = new ArrayList<>();
        byte[] mask = new byte[Math.toIntExact(samples.shape().positions())];
        for (int image = 0; image < samples.size(); image++) {
            samples.copyMask(image, mask, 0);
            for (int label = 0; label < classes; label++) {
                int own = 0;
                for (byte position : mask) {
                    own += position == label ? 1 : 0;
                }
                if (own > 0) {
                    all.add(List.of(image, label, own));
                }
            }
        }
        return all;
    }

    /** Batches of 8 and 3: the last one is smaller than the others. */
    @Test
    void theCountsOfAnImageAreThoseOfItsOwnMask() throws IOException {
        TrialResult result = run(
                        "source = \"bundled:cells\", train = 16, validation = 11, test = 1",
                        "base-width = 4, depth = 1",
                        "loss = dice")
                .get(0);
        DataSpec spec = new DataSpec("bundled:cells", Optional.of(16), Optional.of(11), Optional.of(1), 0);
        assertThat(counts(result).images()).isEqualTo(11);
        List<List<Integer>> truth = new ArrayList<>();
        counts(result).each((image, label, shared, ofTruth, found) -> {
            if (ofTruth > 0) {
                truth.add(List.of(image, label, ofTruth));
            }
            assertThat(shared).isBetween(0, Math.min(ofTruth, found));
        });
        assertThat(truth).isEqualTo(masks(spec, 2));
    }

    /** The seed draws the same bytes on every machine: trial ids and results of others depend on it. */
    @Test
    void cellsAreTheSameForEver() {
        DataSpec all = new DataSpec("bundled:cells", Optional.empty(), Optional.empty(), Optional.empty(), 0);
        assertThat(Datasets.describe(all, new Configuration(false)).fingerprint())
                .isEqualTo("06f698822c6244f3bb5078df6f309fc3");
    }

    @Test
    void everyLossTeachesToFindCells() throws IOException {
        List<TrialResult> results =
                run(CELLS, "base-width = 8, depth = 2", "loss = [cross-entropy, dice, cross-entropy-and-dice]");
        assertThat(results).hasSize(3);
        // To call everything ground, the larger part, has a Dice of about 0.4.
        results.forEach(result -> learnt(result, 0.7));
    }

    /** Were the positions of no class counted, no network could be right at more than a third. */
    @Test
    void positionsOfNoClassNeitherTeachNorCount() throws IOException {
        Path set = folder.resolve("set");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 120; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            BufferedImage mask = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            for (int at = 0; at < 256; at++) {
                boolean bright = random.nextBoolean();
                image.getRaster().setSample(at % 16, at / 16, 0, bright ? 220 : 30);
                // A third of the positions is of no class; in half of the images all are.
                boolean unknown = at % 3 == 0 || i % 2 == 0;
                mask.getRaster().setSample(at % 16, at / 16, 0, unknown ? 255 : bright ? 1 : 0);
            }
            save(image, set.resolve("images/%03d.png".formatted(i)));
            save(mask, set.resolve("masks/%03d.png".formatted(i)));
        }
        List<TrialResult> results = run(
                "source = \"%s\", validation = 12, test = 12, ignore = 255".formatted(set),
                "base-width = 4, depth = 1",
                "loss = [cross-entropy, dice, cross-entropy-and-dice]");
        assertThat(results).hasSize(3);
        for (TrialResult result : results) {
            Epoch last = result.epochs().get(result.epochs().size() - 1);
            assertThat(last.trainAccuracy()).isGreaterThan(0.8);
            assertThat(last.validationAccuracy()).isGreaterThan(0.8).isLessThanOrEqualTo(1.0);
            assertThat(last.validationLoss()).isFinite().isLessThan(0.6);
            learnt(result, 0.8);
        }
    }

    private static void save(BufferedImage image, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void unpaddedNetworkIsHeldAgainstTheMiddleOfTheMask() throws IOException {
        run(
                        CELLS,
                        "base-width = 4, depth = 1, padded = false",
                        "augment { flip = true, turn = true, elastic = 3, crop = 2 }")
                .forEach(result -> learnt(result, 0.5));
    }

    @Test
    void membranesOfHuggingFaceAreLearntInPatches() throws IOException {
        Path membranes = Path.of("../../shared/data/membranes");
        assumeTrue(Files.isDirectory(membranes), () -> membranes + " is not there");
        List<TrialResult> results = run(
                "source = \"%s\", train = 8, validation = 2, test = 2, patch = 128".formatted(membranes),
                "base-width = 4, depth = 1",
                "loss = cross-entropy-and-dice, augment { flip = true, turn = true }");
        // To call everything the inside of a cell has a Dice of about 0.44.
        results.forEach(result -> learnt(result, 0.7));
    }
}
