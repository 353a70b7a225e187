package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final Augmentation NONE = new Augmentation(0, false);

    /** Images whose labels count up and whose pixels are all different from one another within an image. */
    private static Samples counted(int images, Shape shape) {
        ByteBuffer pixels = ByteBuffer.allocateDirect((int) shape.elements() * images);
        int[] labels = new int[images];
        for (int image = 0; image < images; image++) {
            labels[image] = image;
            for (int i = 0; i < shape.elements(); i++) {
                pixels.put((byte) (1 + i + image));
            }
        }
        return new Samples(shape, pixels.flip(), labels);
    }

    private record Epoch(List<Long> labels, List<List<Float>> images) {}

    /** The images of an epoch, made by the pass, which are those that its terms look up. */
    private static Epoch run(Batches batches, int number) {
        Shape shape = batches.samples().shape();
        int length = (int) shape.elements();
        ByteBuffer pixels = ByteBuffer.allocate(length * batches.images());
        LongBuffer labels = LongBuffer.allocate(batches.images());
        Batches.Pass pass = batches.epoch(number);
        pass.labels(batches.images(), labels);
        pass.images(batches.images(), pixels, ByteBuffer.allocate(0));
        assertThat(lookedUp(batches, number)).isEqualTo(pixels.array());
        Epoch epoch = new Epoch(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < batches.images(); i++) {
            epoch.labels.add(labels.get(i));
            List<Float> image = new ArrayList<>();
            for (int j = 0; j < length; j++) {
                image.add((float) (pixels.get(i * length + j) & 0xFF));
            }
            epoch.images.add(image);
        }
        return epoch;
    }

    private static byte[] lookedUp(Batches batches, int number) {
        Shape shape = batches.samples().shape();
        int terms = shape.height() + shape.width();
        LongBuffer drawn = LongBuffer.allocate(batches.images() * terms);
        batches.epoch(number).terms(batches.images(), drawn);
        ByteBuffer all = batches.samples().pixels().get(0);
        ByteBuffer pixels = ByteBuffer.allocate((int) shape.elements() * batches.images());
        for (int i = 0; i < batches.images(); i++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    long from = drawn.get(i * terms + y) + drawn.get(i * terms + shape.height() + x);
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        pixels.put(from < 0 ? 0 : all.get((int) from * shape.channels() + channel));
                    }
                }
            }
        }
        return pixels.array();
    }

    @Test
    void aSeedAndAnEpochDecideEverything() {
        Samples samples = counted(50, new Shape(1, 6, 5));
        Augmentation all = new Augmentation(2, true);
        Epoch first = run(Batches.training(samples, all, 7, 8), 1);
        assertThat(run(Batches.training(samples, all, 7, 8), 1)).isEqualTo(first);
        assertThat(run(Batches.training(samples, all, 7, 13), 1)).isEqualTo(first);
        assertThat(run(Batches.training(samples, all, 8, 8), 1)).isNotEqualTo(first);
        assertThat(run(Batches.training(samples, all, 7, 8), 2)).isNotEqualTo(first);
    }

    @Test
    void anEpochShowsEveryImageOnceAndTheLastBatchIsWhatRemains() {
        Batches batches = Batches.training(counted(50, new Shape(1, 2, 2)), NONE, 0, 8);
        assertThat(batches.size()).isEqualTo(7);
        assertThat(run(batches, 1).labels)
                .hasSize(50)
                .containsOnlyOnceElementsOf(
                        java.util.stream.LongStream.range(0, 50).boxed().toList());
        assertThat(counts(batches)).containsExactly(8, 8, 8, 8, 8, 8, 2);
    }

    private static List<Integer> counts(Batches batches) {
        List<Integer> counts =
                IntStream.range(0, batches.size()).mapToObj(batches::count).toList();
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(batches.images());
        assertThat(Collections.max(counts)).isEqualTo(batches.largest());
        return counts;
    }

    @Test
    void oneImageThatWouldBeLeftJoinsTheBatchBefore() {
        Samples samples = counted(17, new Shape(1, 2, 2));
        assertThat(counts(Batches.training(samples, NONE, 0, 8))).containsExactly(8, 9);
        assertThat(run(Batches.training(samples, NONE, 0, 8), 1))
                .as("every image is still seen once, in the order of the seed")
                .isEqualTo(run(Batches.training(samples, NONE, 0, 5), 1));
        assertThat(counts(Batches.evaluation(samples, 8))).containsExactly(8, 8, 1);
        assertThat(counts(Batches.training(counted(3, new Shape(1, 2, 2)), NONE, 0, 1)))
                .containsExactly(1, 1, 1);
        assertThat(counts(Batches.training(counted(1, new Shape(1, 2, 2)), NONE, 0, 8)))
                .containsExactly(1);
    }

    /** These numbers may never change: rows of older studies could not be compared. */
    @Test
    void theOrderOfASeedIsTheSameForEver() {
        Batches batches = Batches.training(counted(10, new Shape(1, 1, 1)), NONE, 0, 10);
        assertThat(run(batches, 1).labels).containsExactly(ORDER_1);
        assertThat(run(batches, 2).labels).containsExactly(ORDER_2);
    }

    private static final Long[] ORDER_1 = {7L, 3L, 5L, 2L, 4L, 6L, 1L, 9L, 0L, 8L};
    private static final Long[] ORDER_2 = {6L, 2L, 9L, 7L, 8L, 3L, 5L, 0L, 4L, 1L};

    @Test
    void augmentationLeavesTheOrderAndFlipsLeaveTheCrops() {
        Samples samples = counted(40, new Shape(1, 5, 1));
        Epoch plain = run(Batches.training(samples, NONE, 3, 8), 1);
        Epoch cropped = run(Batches.training(samples, new Augmentation(2, false), 3, 8), 1);
        Epoch both = run(Batches.training(samples, new Augmentation(2, true), 3, 8), 1);
        assertThat(cropped.labels).isEqualTo(plain.labels);
        // Images one pixel wide look the same mirrored.
        assertThat(both).isEqualTo(cropped);
        assertThat(cropped.images).isNotEqualTo(plain.images);
    }

    @Test
    void aCropIsAWindowOfTheImageThatBlackSurrounds() {
        int padding = 2;
        Shape shape = new Shape(2, 4, 3);
        Samples samples = counted(200, shape);
        Epoch epoch = run(Batches.training(samples, new Augmentation(padding, false), 1, 16), 1);
        Set<List<Integer>> offsets = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            List<List<Integer>> fitting = new ArrayList<>();
            for (int down = -padding; down <= padding; down++) {
                for (int right = -padding; right <= padding; right++) {
                    if (window(samples, epoch.labels.get(i).intValue(), down, right)
                            .equals(epoch.images.get(i))) {
                        fitting.add(List.of(down, right));
                    }
                }
            }
            assertThat(fitting).hasSize(1);
            offsets.addAll(fitting);
        }
        assertThat(offsets).hasSize(25);
    }

    private static List<Float> window(Samples samples, int image, int down, int right) {
        Shape shape = samples.shape();
        byte[] pixels = new byte[(int) shape.elements()];
        samples.copy(image, pixels, 0);
        List<Float> window = new ArrayList<>();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                boolean inside =
                        y + down >= 0 && y + down < shape.height() && x + right >= 0 && x + right < shape.width();
                for (int channel = 0; channel < shape.channels(); channel++) {
                    int at = ((y + down) * shape.width() + x + right) * shape.channels() + channel;
                    window.add(inside ? (float) (pixels[at] & 0xFF) : 0f);
                }
            }
        }
        return window;
    }

    @Test
    void aFlipMirrorsEachRowAndKeepsTheChannelsInPlace() {
        Shape shape = new Shape(3, 2, 3);
        Samples samples = counted(100, shape);
        Epoch epoch = run(Batches.training(samples, new Augmentation(0, true), 1, 16), 1);
        int mirrored = 0;
        for (int i = 0; i < 100; i++) {
            List<Float> image = window(samples, epoch.labels.get(i).intValue(), 0, 0);
            List<Float> mirror = new ArrayList<>();
            for (int row = 0; row < 2; row++) {
                for (int column = 2; column >= 0; column--) {
                    mirror.addAll(image.subList((row * 3 + column) * 3, (row * 3 + column) * 3 + 3));
                }
            }
            assertThat(epoch.images.get(i)).isIn(image, mirror);
            mirrored += epoch.images.get(i).equals(mirror) ? 1 : 0;
        }
        assertThat(mirrored).isBetween(30, 70);
    }

    @Test
    void pixelsAreNormalisedByChannel() {
        float[] levels = Normalisation.of(List.of(0.5, 0.1), List.of(0.25, 0.0)).levels();
        assertThat(levels).hasSize(512);
        assertThat(levels[255]).isEqualTo(2f);
        assertThat(levels[0]).isEqualTo(-2f);
        assertThat(levels[256 + 51])
                .as("a channel without deviation keeps its scale")
                .isEqualTo((float) (0.2 - 0.1));
    }

    @Test
    void evaluationKeepsTheOrderOfTheSplit() {
        Epoch epoch = run(Batches.evaluation(counted(20, new Shape(1, 2, 2)), 8), 1);
        assertThat(epoch.labels)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void aBatchHasAnImage() {
        assertThatThrownBy(() -> Batches.evaluation(counted(2, new Shape(3, 2, 2)), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make batches of 0 images: at least 1");
    }
}
