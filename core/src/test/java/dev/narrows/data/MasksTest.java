package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.data.image.DecoderTest;
import dev.narrows.data.random.Seeds;
import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Sources;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import dev.narrows.study.Columns;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import dev.narrows.study.Task;
import dev.narrows.study.TaskChoice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with masks, from folders to batches. */
class MasksTest {
    private static final Preparation.Fit RESIZE = Preparation.Fit.RESIZE;
    private static final Preparation.Corrupt REFUSE = Preparation.Corrupt.REFUSE;

    @TempDir
    private Path folder;

    private List<Integer> ignore = List.of();

    private void save(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Two grey halves, left and right. */
    private static byte[] halves(int height, int width, int left, int right) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < height * width; i++) {
            image.getRaster().setSample(i % width, i / width, 0, i % width < width / 2 ? left : right);
        }
        return DecoderTest.png(image);
    }

    private void pair(String part, String name, int height, int width) throws IOException {
        save("%s/images/%s.png".formatted(part, name), halves(height, width, name.hashCode() & 0x7F, 200));
        save("%s/masks/%s.png".formatted(part, name), halves(height, width, 0, 255));
    }

    private DataSpec spec(Size size, Preparation.Fit fit, Size patch, Preparation.Corrupt corrupt) {
        return new DataSpec(
                folder.toString(),
                Optional.empty(),
                Optional.of(1),
                Optional.empty(),
                0,
                new Preparation(
                        TaskChoice.AUTO, Columns.NONE, ignore, Preparation.Colour.AUTO, size, fit, patch, corrupt));
    }

    private Dataset open(Size size, Preparation.Fit fit, Size patch, Preparation.Corrupt corrupt) {
        return Datasets.open(spec(size, fit, patch, corrupt), new Configuration(false));
    }

    private void refused(String message) {
        assertThatThrownBy(() -> open(Size.NONE, RESIZE, Size.NONE, REFUSE))
                .isInstanceOf(BadData.class)
                .hasMessage(message.replace("FOLDER", folder.toUri().getPath().replaceAll("/$", "")));
    }

    private void fill() throws IOException {
        for (String name : List.of("a", "b", "c", "d")) {
            pair("train", name, 6, 8);
        }
        pair("test", "e", 6, 8);
    }

    private static byte[] mask(Samples samples, int index) {
        byte[] mask = new byte[(int) samples.shape().positions()];
        samples.copyMask(index, mask, 0);
        return mask;
    }

    @Test
    void foldersOfImagesAndMasksAreRead() throws IOException {
        fill();
        Dataset dataset = open(Size.NONE, RESIZE, Size.NONE, REFUSE);
        assertThat(dataset.task()).isEqualTo(Task.SEGMENTATION);
        assertThat(dataset.shape()).isEqualTo(new Shape(1, 6, 8));
        assertThat(dataset.classNames()).containsExactly("0", "255");
        assertThat(List.of(
                        dataset.train().size(),
                        dataset.validation().size(),
                        dataset.test().size()))
                .containsExactly(3, 1, 1);
        assertThat(mask(dataset.train(), 0)).startsWith(0, 0, 0, 0, 1, 1, 1, 1, 0, 0);
    }

    @Test
    void theNameOfAnImageMovesItToNoPart() throws IOException {
        fill();
        pair("train", "test_3", 6, 8);
        pair("train", "val-4", 6, 8);
        Dataset dataset = open(Size.NONE, RESIZE, Size.NONE, REFUSE);
        assertThat(List.of(
                        dataset.train().size(),
                        dataset.validation().size(),
                        dataset.test().size()))
                .containsExactly(5, 1, 1);
    }

    @Test
    void imageAndMaskAreCutIntoTheSamePatches() throws IOException {
        fill();
        Dataset dataset = open(Size.NONE, RESIZE, new Size(3, 4), REFUSE);
        assertThat(dataset.shape()).isEqualTo(new Shape(1, 3, 4));
        assertThat(dataset.train().size()).isEqualTo(12);
        assertThat(mask(dataset.train(), 0)).containsOnly(0);
        assertThat(mask(dataset.train(), 1)).containsOnly(1);
        assertThat(Datasets.describe(spec(Size.NONE, RESIZE, new Size(3, 4), REFUSE), new Configuration(false))
                        .train())
                .isEqualTo(12);
        assertThatThrownBy(() -> open(Size.NONE, RESIZE, new Size(4, 4), REFUSE))
                .hasMessage(("Cannot cut images of 6x8 from %s into patches of 4x4: height and width must be"
                                + " multiples (data.size with data.fit = pad or crop brings them there)")
                        .formatted(folder));
    }

    @Test
    void imagesComeToASizeAsTheStudySays() throws IOException {
        fill();
        assertThat(mask(
                        open(new Size(8, 8), Preparation.Fit.PAD, Size.NONE, REFUSE)
                                .train(),
                        0))
                .startsWith(0, 0, 0, 0, 1, 1, 1, 1);
        Dataset wide = open(new Size(6, 14), Preparation.Fit.PAD, Size.NONE, REFUSE);
        assertThat(mask(wide.train(), 0)).startsWith(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
        assertThat(mask(
                        open(new Size(6, 4), Preparation.Fit.CROP, Size.NONE, REFUSE)
                                .train(),
                        0))
                .startsWith(0, 0, 1, 1);
        assertThat(mask(open(new Size(3, 4), RESIZE, Size.NONE, REFUSE).train(), 0))
                .containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1);
        assertThatThrownBy(() -> open(new Size(8, 4), Preparation.Fit.PAD, Size.NONE, REFUSE))
                .hasMessageContaining("it is 6x8, larger than the 8x4 that it would be padded to");
    }

    @Test
    void corruptImagesAreSkippedWhereTheStudySaysSo() throws IOException {
        fill();
        save("train/images/b.png", new byte[] {1, 2, 3, 4, 5});
        assertThatThrownBy(() -> open(Size.NONE, RESIZE, Size.NONE, REFUSE))
                .isInstanceOf(BadData.class)
                .hasMessageContaining("train/images/b.png: its 5 bytes are no image that can be read");
        Dataset rest = open(Size.NONE, RESIZE, Size.NONE, Preparation.Corrupt.SKIP);
        assertThat(rest.train().size() + rest.validation().size()).isBetween(2, 3);
    }

    @Test
    void masksThatDoNotBelongAreRefused() throws IOException {
        fill();
        Files.delete(folder.resolve("train/masks/c.png"));
        refused("Cannot use FOLDER/train/images/c.png: there is no mask of its name beside it");
        save("train/masks/c.png", halves(5, 8, 0, 255));
        assertThatThrownBy(() -> open(Size.NONE, RESIZE, Size.NONE, REFUSE))
                .hasMessageContaining("train/images/c.png: its mask is 5x8 where the image is 6x8");
    }

    @Test
    void valueThatNoTrainingMaskHasIsRefused() throws IOException {
        fill();
        save("test/masks/e.png", halves(6, 8, 7, 255));
        assertThatThrownBy(() -> open(Size.NONE, RESIZE, Size.NONE, REFUSE))
                .hasMessage(("Cannot learn the class of mask value 7 of %s: no training mask has it"
                                + " (data.ignore = 7 leaves its positions out)")
                        .formatted(folder));
    }

    @Test
    void valuesThatAreNoClassAreIgnored() throws IOException {
        fill();
        save("test/masks/e.png", halves(6, 8, 7, 255));
        save("train/masks/b.png", halves(6, 8, 9, 0));
        ignore = List.of(7, 9);
        Dataset dataset = open(Size.NONE, RESIZE, Size.NONE, REFUSE);
        assertThat(dataset.classNames()).containsExactly("0", "255");
        assertThat(mask(dataset.test(), 0)).startsWith(-1, -1, -1, -1, 1, 1, 1, 1);
        ignore = List.of(7, 8, 9);
        assertThat(Datasets.describe(spec(Size.NONE, RESIZE, Size.NONE, REFUSE), new Configuration(false))
                        .fingerprint())
                .isNotEqualTo(dataset.fingerprint());
        ignore = List.of(0, 7, 9);
        assertThatThrownBy(() -> open(Size.NONE, RESIZE, Size.NONE, REFUSE))
                .hasMessage(
                        "Cannot learn from the masks of %s: all their positions are 255 or ignored".formatted(folder));
    }

    @Test
    void taskThatTheSetIsNotForIsRefused() throws IOException {
        fill();
        assertThatThrownBy(() -> Sources.read(
                        folder.toString(), TaskChoice.CLASSIFICATION, Columns.NONE, new Configuration(false)))
                .hasMessage("Cannot use %s for classification: its images have masks and no labels".formatted(folder));
        assertThatThrownBy(() -> Sources.read(
                        "bundled:fashion-mnist", TaskChoice.SEGMENTATION, Columns.NONE, new Configuration(false)))
                .hasMessage("Cannot use bundled:fashion-mnist for segmentation: its images have labels and no masks");
    }

    /** Each pixel is white exactly where its class is 1, before whatever moves both. */
    private static Samples twins(int count, int side) {
        Blocks pixels = Blocks.allocate(side * side, count);
        Blocks masks = Blocks.allocate(side * side, count);
        for (int n = 0; n < count; n++) {
            byte[] image = new byte[side * side];
            byte[] mask = new byte[side * side];
            for (int i = 0; i < mask.length; i++) {
                boolean on = Seeds.generator(n, "twins", i / side / 4 * 100 + i % side / 4)
                        .nextBoolean();
                mask[i] = (byte) (on ? 1 : 0);
                image[i] = (byte) (on ? 255 : 0);
            }
            pixels.put(n, image);
            masks.put(n, mask);
        }
        return Samples.masked(new Shape(1, side, side), count, pixels, masks);
    }

    private static void agree(Augmentation augmentation, double least) {
        ByteBuffer images = ByteBuffer.allocate(40 * 16 * 16);
        ByteBuffer masks = ByteBuffer.allocate(40 * 16 * 16);
        Batches.training(twins(40, 16), augmentation, 3, 8).epoch(1).images(40, images, masks);
        ByteBuffer before = ByteBuffer.allocate(40 * 16 * 16);
        Batches.training(twins(40, 16), new Augmentation(0, false), 3, 8)
                .epoch(1)
                .images(40, ByteBuffer.allocate(40 * 16 * 16), before);
        int agreed = 0;
        int moved = 0;
        for (int i = 0; i < masks.capacity(); i++) {
            boolean white = (images.get(i) & 0xFF) > 127;
            agreed += white == (masks.get(i) == 1) ? 1 : 0;
            moved += masks.get(i) == before.get(i) ? 0 : 1;
        }
        assertThat(agreed).isGreaterThanOrEqualTo((int) (least * masks.capacity()));
        assertThat(moved).isGreaterThan(masks.capacity() / 10);
    }

    @Test
    void maskMovesWithItsImage() {
        agree(new Augmentation(3, false), 1);
        agree(new Augmentation(0, true), 1);
        agree(new Augmentation(0, false, true, 0), 1);
        agree(new Augmentation(2, true, true, 0), 1);
        // Between pixels an image is a mean, and a mask is not.
        agree(new Augmentation(0, false, false, 2), 0.99);
        agree(new Augmentation(2, true, true, 1.5), 0.99);
    }

    @Test
    void onlySquareImagesAreTurned() {
        Samples samples = new Samples(new Shape(1, 2, 3), ByteBuffer.allocate(6), new int[] {0});
        assertThatThrownBy(() -> Batches.training(samples, new Augmentation(0, false, true, 0), 0, 1)
                        .epoch(1))
                .hasMessage("Cannot turn images of 1x2x3 by quarters: they must be square");
    }
}
